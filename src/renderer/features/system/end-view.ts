import type { Stretch } from './readings.ts'

/** Why sockets ended, or why they were not let in. */
export interface EndItem {
  readonly label: string
  readonly recent: number
  readonly total: number
}

const reasons: Readonly<Record<string, string | undefined>> = {
  client: 'Left by themselves',
  dead: 'No sign of life',
  error: 'Connection failed',
  invalid: 'Said what is not understood',
  shutdown: 'Gateway was stopped',
  silent: 'Never said what they want',
  slow: 'Did not read',
  'too-large': 'Sent too much at once',
}

const refusals: Readonly<Record<string, string | undefined>> = {
  FL_ORIGIN_FOREIGN: 'Page of a foreign site',
  FL_RATE_LIMITED: 'Too many from one address',
  FL_SERVER_BUSY: 'No room',
  FL_SHUTTING_DOWN: 'Gateway was being stopped',
}

type Ends = Pick<Stretch, 'closed' | 'refused'>

/** The sockets that ended, the most frequent reason first. */
export function toCloses(recent: Ends, total: Ends): readonly EndItem[] {
  return toItems(recent.closed, total.closed, reasons)
}

/** The handshakes that were refused. */
export function toRefusals(recent: Ends, total: Ends): readonly EndItem[] {
  return toItems(recent.refused, total.refused, refusals)
}

function toItems(
  recent: Readonly<Record<string, number>>,
  total: Readonly<Record<string, number>>,
  words: Readonly<Record<string, string | undefined>>,
): readonly EndItem[] {
  return Object.entries(total)
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => ({ label: words[name] ?? name, recent: recent[name] ?? 0, total: count }))
}
