import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { flightNumber, routeNames } from '../lib/announcement.ts'
import { departureTime, hasLeft } from '../lib/flight-times.ts'
import { ClockTime } from './clock-time.tsx'
import { usePage, useStore } from './page-context.tsx'
import { StatusMark } from './status-mark.tsx'

/** A flight in a list, on two lines. */
export function FlightSummary({ flight }: { readonly flight: PublicDeparture }) {
  const { places, text } = usePage()
  const { origin, destination } = routeNames(flight, useStore(places))
  return (
    <>
      <span className="summary-number">{flightNumber(flight)}</span>{' '}
      <span className="summary-route">
        {origin} <span aria-hidden="true">→</span>
        <span className="unseen">, </span> {destination}
      </span>{' '}
      <ClockTime view={departureTime(flight)} zone={flight.originZone} />{' '}
      <span className="summary-gate">
        {flight.gate && !hasLeft(flight) && `${text.say('place.gate')} ${flight.gate}`}
      </span>{' '}
      <StatusMark flight={flight} />
    </>
  )
}
