import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { previousGate } from '../lib/previous-gate.ts'
import { usePage, useStore } from './page-context.tsx'

/** Gate and terminal, large enough to be read while walking. */
export function PlacePanel({ flight }: { readonly flight: PublicDeparture }) {
  const { history, text } = usePage()
  const past = useStore(history.state)
  const old = past?.flightId === flight.id ? previousGate(past.entries ?? [], flight.gate) : undefined
  return (
    <dl className="places">
      <div className="place" id="gate">
        <dt>{text.say('place.gate')}</dt>
        <dd>
          <Value value={flight.gate} key={flight.gate} />
          {old && <span className="place-old">{text.say('place.changed', { old })}</span>}
        </dd>
      </div>
      {flight.terminal && (
        <div className="place" id="terminal">
          <dt>{text.say('place.terminal')}</dt>
          <dd>
            <Value value={flight.terminal} key={flight.terminal} />
          </dd>
        </div>
      )}
    </dl>
  )
}

function Value({ value }: { readonly value: string | undefined }) {
  const { text } = usePage()
  return value ? (
    <span className="place-value">{value}</span>
  ) : (
    <span className="place-open">{text.say('place.gateOpen')}</span>
  )
}
