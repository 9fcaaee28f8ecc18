import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { usePage, useStore } from './page-context.tsx'

/** What a supervisor has to say about this flight, before everything else. */
export function NoticeList({ flight }: { readonly flight: PublicDeparture }) {
  const { board, text } = usePage()
  const notices = useStore(board.notices).get(flight.id) ?? []
  if (notices.length === 0) return null
  return (
    <section id="notices" aria-label={text.say('notice.heading')}>
      {notices.map(({ id, severity, text: words }) => (
        <article key={id} className="notice" data-severity={severity}>
          <h2>{text.say(`notice.${severity}`)}</h2>
          <p>{words}</p>
        </article>
      ))}
    </section>
  )
}
