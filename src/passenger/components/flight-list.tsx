import { FlightSummary } from './flight-summary.tsx'
import { usePage, useStore } from './page-context.tsx'
import { PageLinkTo } from './page-link-to.tsx'

interface Properties {
  readonly heading: string
  readonly flightIds: readonly string[]
  readonly id: string
}

/** Flights under a heading, live; those that are not loaded yet come when they are. */
export function FlightList({ heading, flightIds, id }: Properties) {
  const flights = useStore(usePage().board.flights)
  const known = flightIds.flatMap((id) => flights.get(id) ?? [])
  if (known.length === 0) return null
  return (
    <section id={id} className="list" aria-label={heading}>
      <h2>{heading}</h2>
      <ul>
        {known.map((flight) => (
          <li key={flight.id}>
            <PageLinkTo id={flight.id} className="row">
              <FlightSummary flight={flight} />
            </PageLinkTo>
          </li>
        ))}
      </ul>
    </section>
  )
}
