import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { flightProgress } from '../lib/flight-progress.ts'
import { arrivalTime, departureTime, type TimeView } from '../lib/flight-times.ts'
import { placeName } from '../lib/place-name.ts'
import type { WordKey } from '../lib/text.ts'
import { ClockTime } from './clock-time.tsx'
import { useOperationalNow, usePage, useStore } from './page-context.tsx'

/** Both ends of the flight, each on its own clock. */
export function Endpoints({ flight }: { readonly flight: PublicDeparture }) {
  const arrival = arrivalTime(flight)
  return (
    <div className="endpoints">
      <Endpoint side="departure" flight={flight} view={departureTime(flight)} />
      <Track flight={flight} />
      <Endpoint side="arrival" flight={flight} view={arrival} />
    </div>
  )
}

interface EndProperties {
  readonly side: 'departure' | 'arrival'
  readonly flight: PublicDeparture
  readonly view: TimeView | undefined
}

function Endpoint({ side, flight, view }: EndProperties) {
  const { places, text } = usePage()
  const code = side === 'departure' ? flight.origin : flight.destination
  const name = placeName(useStore(places), code)
  // Where no reference knows the destination's zone, its times stand on the clock of the departure, and say so.
  const zone = (side === 'arrival' ? flight.destinationZone : undefined) ?? flight.originZone
  return (
    <section id={side} className="endpoint" aria-label={text.say(`time.${side}`)}>
      <h2 className="endpoint-code">
        {code}
        {name !== code && <span className="endpoint-name">{name}</span>}
      </h2>
      <p className="endpoint-time">
        {view ? <ClockTime view={view} zone={zone} /> : '–'}
        <ZoneMark view={view} zone={zone} originDate={flight.originDate} />
      </p>
      <p className="endpoint-kind">{view && text.say(kindWord(view, side, flight))}</p>
      {side === 'arrival' && view && !flight.destinationZone && (
        <p className="endpoint-kind">{text.say('time.originTime', { city: text.city(zone) })}</p>
      )}
    </section>
  )
}

function ZoneMark({ view, zone, originDate }: { view: TimeView | undefined; zone: string; originDate: string }) {
  const { text } = usePage()
  const shown = view?.at ?? view?.replaced
  if (shown === undefined) return null
  const at = Date.parse(shown)
  const day = text.dayMark(at, zone, originDate)
  return (
    <span className="zone">
      {' '}
      {text.zone(at, zone)}
      {day && <span className="day"> {day}</span>}
    </span>
  )
}

function kindWord({ kind }: TimeView, side: EndProperties['side'], flight: PublicDeparture): WordKey {
  if (kind === 'actual') return `time.actual.${side}`
  if (kind === 'unknown') return flight.cancelled ? 'time.unknown.cancelled' : 'time.unknown'
  return `time.${kind}`
}

/** The way between, for eyes only: the words say the same. */
function Track({ flight }: { readonly flight: PublicDeparture }) {
  const at = 6 + 188 * flightProgress(flight, useOperationalNow())
  return (
    <svg
      className="track"
      viewBox="0 0 200 12"
      aria-hidden="true"
      data-stopped={Boolean(flight.cancelled ?? flight.diverted) || undefined}
    >
      <path d="M6 6H194" />
      <path className="track-done" d={`M6 6H${at}`} />
      <circle cx="6" cy="6" r="2.5" />
      <circle cx="194" cy="6" r="2.5" />
      <path className="track-plane" transform={`translate(${at} 6)`} d="M-4-3.8 5 0-4 3.8-2.5 0z" />
    </svg>
  )
}
