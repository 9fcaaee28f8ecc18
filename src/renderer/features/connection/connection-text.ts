import { formatAge, formatLongAge } from '../../lib/age.ts'
import type { ConnectionState, Publishing } from '../../stores/connection-store.ts'

/** How the connection is shown: words, and a tone that chooses colour and icon. */
export interface ConnectionView {
  readonly tone: 'live' | 'late' | 'lost'
  readonly label: string
}

// Pulses come every two seconds; only a gap of several is worth a person's eye.
const LATE = 6_000

/**
 * The connection in words, with the age of what is shown whenever that is not the present.
 * @param now - monotonic milliseconds
 */
export function connectionView(
  { phase, heardAt }: Pick<ConnectionState, 'phase' | 'heardAt'>,
  now: number,
): ConnectionView {
  const age = now - (heardAt ?? now)
  if (phase === 'live') {
    return age < LATE ? { tone: 'live', label: 'Live' } : { tone: 'late', label: `Silent for ${formatAge(age)}` }
  }
  if (heardAt === undefined) return { tone: 'late', label: 'Connecting' }
  return { tone: 'lost', label: `Reconnecting, shown state is ${formatLongAge(age)} old` }
}

/** The alarm's words. */
export function publishingText({ unpublished, oldestAge }: Publishing): string {
  const changes = unpublished === 1 ? '1 change' : `${unpublished} changes`
  return `${changes} not published for ${formatAge(oldestAge)}: passengers are not being told. Call operations.`
}
