import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { advice } from '../lib/advice.ts'
import { hasLeft } from '../lib/flight-times.ts'
import { countdownWords, statusWords } from '../lib/status-words.ts'
import { Endpoints } from './endpoints.tsx'
import { Icon } from './icon.tsx'
import { useOperationalNow, usePage, useStore } from './page-context.tsx'
import { PlacePanel } from './place-panel.tsx'

/** The card: how it stands, when, where, why, and what to do. */
export function FlightCard({ flight }: { readonly flight: PublicDeparture }) {
  const { text } = usePage()
  const { nextInformationAt, originZone, reason } = flight
  const isWaiting = nextInformationAt !== undefined && !flight.offBlockAt && !flight.cancelled
  return (
    <section className="card" aria-label={text.say('page.title')}>
      <StatusBanner flight={flight} />
      <Endpoints flight={flight} />
      {!flight.cancelled && !hasLeft(flight) && <PlacePanel flight={flight} />}
      <dl className="facts">
        {reason && <Fact name="reason" label={text.say('reason.heading')} value={text.say(`reason.${reason}`)} />}
        {isWaiting && (
          <Fact
            name="next-information"
            label={text.say('next.label')}
            value={text.say('next.at', { time: zonedClock(Date.parse(nextInformationAt), originZone, text) })}
          />
        )}
        <Advice flight={flight} />
      </dl>
    </section>
  )
}

function StatusBanner({ flight }: { readonly flight: PublicDeparture }) {
  const { places, text } = usePage()
  const now = useOperationalNow()
  const { headline, detail } = statusWords(flight, text, useStore(places))
  const countdown = countdownWords(flight, text, now)
  return (
    <div id="status" className="banner" data-status={flight.status}>
      <Icon name={flight.status} />
      <p>
        <strong>{headline}</strong> {detail && <span className="detail">{detail}</span>}
      </p>
      {countdown && <p className="countdown">{countdown}</p>}
    </div>
  )
}

function Advice({ flight }: { readonly flight: PublicDeparture }) {
  const { places, text } = usePage()
  const words = advice(flight, text, useStore(places))
  return words && <Fact name="advice" label={text.say('advice.heading')} value={words} />
}

function Fact({ name, label, value }: { readonly name: string; readonly label: string; readonly value: string }) {
  return (
    <div id={name} className="fact">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function zonedClock(at: number, zone: string, text: ReturnType<typeof usePage>['text']): string {
  return `${text.clock(at, zone)} ${text.zone(at, zone)}`
}
