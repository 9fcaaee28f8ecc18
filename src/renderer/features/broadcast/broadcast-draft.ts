import type { Audience, DepartureFilter } from '../../../shared/domain/audience.ts'
import { MAX_BROADCAST_LENGTH } from '../../../shared/domain/broadcast.ts'
import type { Channel } from '../../../shared/domain/delivery.ts'
import type { DepartureId } from '../../../shared/domain/departure-id.ts'
import type { Severity } from '../../../shared/domain/notice.ts'
import type { Status } from '../../../shared/domain/status.ts'
import type { ViewState } from '../../stores/view-store.ts'

/** A broadcast as it is being composed. */
export interface BroadcastDraft {
  readonly kind: 'rows' | 'filter'
  readonly rows: readonly DepartureId[]
  readonly origin: string
  readonly destination: string
  readonly carrier: string
  readonly status: Status | ''
  readonly delayedAtLeast: string
  readonly text: string
  readonly severity: Severity
  readonly channels: readonly Channel[]
  readonly validMinutes: number
}

/** The fields of a broadcast that the service takes, but for audience and command id. */
export interface BroadcastContent {
  readonly text: string
  readonly severity: Severity
  readonly channels: Channel[]
  readonly validMinutes: number
}

/** How long a notice may stay valid, for a choice. */
export const validities: readonly { readonly minutes: number; readonly label: string }[] = [
  { minutes: 30, label: '30 minutes' },
  { minutes: 60, label: '1 hour' },
  { minutes: 120, label: '2 hours' },
  { minutes: 240, label: '4 hours' },
  { minutes: 720, label: '12 hours' },
]

/** A draft for what is ticked on the board, or else for what the board is filtered by. */
export function startBroadcastDraft({ selected, stations, statuses }: ViewState): BroadcastDraft {
  const [station = '', ...otherStations] = stations
  const [status = '', ...otherStatuses] = statuses
  return {
    kind: selected.length > 0 ? 'rows' : 'filter',
    rows: selected,
    // The service's filter takes one value each; guessing one of several would tell the wrong people.
    origin: otherStations.length > 0 ? '' : station,
    destination: '',
    carrier: '',
    status: otherStatuses.length > 0 ? '' : status,
    delayedAtLeast: '',
    text: '',
    severity: 'info',
    channels: ['email'],
    validMinutes: 120,
  }
}

/** The audience of a draft, or why it has none. */
export function readAudience(draft: BroadcastDraft): { audience: Audience } | { problem: string } {
  if (draft.kind === 'rows') {
    return draft.rows.length > 0
      ? { audience: { flightIds: draft.rows } }
      : { problem: 'Tick flights on the board first.' }
  }
  const problem = filterProblem(draft)
  return problem ? { problem } : { audience: { filter: readFilter(draft) } }
}

/** What is sent, or why it cannot be yet. */
export function readContent(draft: BroadcastDraft): { content: BroadcastContent } | { problem: string } {
  const text = draft.text.trim()
  if (text === '') return { problem: 'Write what passengers should know.' }
  if (text.length > MAX_BROADCAST_LENGTH) return { problem: `Shorten the text to ${MAX_BROADCAST_LENGTH} characters.` }
  if (draft.channels.length === 0) return { problem: 'Choose a channel.' }
  const { severity, channels, validMinutes } = draft
  return { content: { text, severity, channels: [...channels], validMinutes } }
}

/** A number of people or flights with its word. */
export function countText(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

function readFilter(draft: BroadcastDraft): DepartureFilter {
  const place = (text: string) => text.trim().toUpperCase()
  return {
    ...(place(draft.origin) && { origin: place(draft.origin) }),
    ...(place(draft.destination) && { destination: place(draft.destination) }),
    ...(place(draft.carrier) && { carrier: place(draft.carrier) }),
    ...(draft.status && { status: draft.status }),
    ...(draft.delayedAtLeast.trim() && { delayedAtLeast: Number(draft.delayedAtLeast) }),
  }
}

function filterProblem(draft: BroadcastDraft): string | undefined {
  if (!/^\s*([A-Za-z]{3})?\s*$/.test(draft.origin)) return 'A station has three letters, such as JFK.'
  if (!/^\s*([A-Za-z]{3})?\s*$/.test(draft.destination)) return 'A destination has three letters, such as BOS.'
  if (!/^\s*([A-Za-z0-9]{2})?\s*$/.test(draft.carrier)) return 'An airline has two characters, such as B6.'
  if (!/^\s*\d{0,4}\s*$/.test(draft.delayedAtLeast)) return 'The least delay is a whole number of minutes.'
  return undefined
}
