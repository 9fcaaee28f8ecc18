import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { historyMoments } from '../lib/history-lines.ts'
import type { History } from '../page/histories.ts'
import { usePage, useStore } from './page-context.tsx'

/** What changed, newest first. */
export function HistoryList({ flight }: { readonly flight: PublicDeparture }) {
  const { history, text } = usePage()
  const past = useStore(history.state)
  const own = past?.flightId === flight.id ? past : undefined
  return (
    <section className="panel" id="history" aria-label={text.say('history.heading')}>
      <h2>{text.say('history.heading')}</h2>
      {own?.hasFailed ? <p className="empty">{text.say('history.failed')}</p> : <Moments past={own} flight={flight} />}
    </section>
  )
}

function Moments({ past, flight }: { readonly past: History | undefined; readonly flight: PublicDeparture }) {
  const { text } = usePage()
  if (!past?.entries) return <p className="empty" aria-busy="true" />
  const moments = historyMoments(past.entries, { flight, text })
  if (moments.length === 0) return <p className="empty">{text.say('history.empty')}</p>
  return (
    <ol className="moments">
      {moments.map(({ id, at, lines }) => (
        <li key={id}>
          <time dateTime={at}>{text.clock(Date.parse(at), flight.originZone)}</time>
          <div>
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  )
}
