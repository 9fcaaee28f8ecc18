import type { Text } from '../lib/text.ts'
import type { Connection } from '../live/connection.ts'
import { usePage, useStore } from './page-context.tsx'

/** From this age on it is said how old the page is. Milliseconds. */
const WORTH_SAYING = 60_000

/** Whether the page is live, and how old it is when it is not. */
export function ConnectionState() {
  const { connection, now, text } = usePage()
  const state = useStore(connection)
  const age = useStore(now) - (state.contactAt ?? 0)
  const isOld = state.mode === 'offline' && state.contactAt !== undefined && age >= WORTH_SAYING
  return (
    <p id="connection" data-mode={state.mode}>
      <span className="dot" aria-hidden="true" />
      <span role="status">{connectionWords(state, text)}</span>
      {isOld && <span className="age">{text.say('live.age', { age: text.span(age) })}</span>}
    </p>
  )
}

function connectionWords({ mode, contactAt }: Connection, text: Text): string {
  if (mode !== 'offline') return text.say(`live.${mode}`)
  if (contactAt === undefined) return text.say('live.never')
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return text.say('live.offline', { time: text.clock(contactAt, zone) })
}
