import type { Change, FactChange } from '../domain/change.ts'
import type { FactName } from '../domain/departure.ts'
import type { PublicReason } from '../domain/public-reason.ts'
import { formatInstant } from '../events/instant-schema.ts'
import { publicInstants } from './public-departure.ts'

/** What passengers may see of a change: public fields only, no name, no source, no code. */
export interface PublicChange {
  readonly fields: Readonly<Record<string, FactChange>>
  readonly reason?: PublicReason
  /** ISO 8601 UTC, wall clock of the acceptance. */
  readonly at: string
  /** The same moment on the operational clock; only where that shows another time, as on a replayed day. */
  readonly operationalAt?: string
}

/** An entry of `GET /api/flights/{id}/history`. */
export interface PublicHistoryEntry extends PublicChange {
  readonly id: string
  readonly revision: number
}

const instants: ReadonlySet<string> = new Set(publicInstants)
const verbatim: ReadonlySet<FactName> = new Set<FactName>(['terminal', 'gate', 'stand', 'aircraft'])

/** Reduces a change to what is public. A change of internal facts alone has no fields left. */
export function toPublicChange(change: Change): PublicChange {
  const fields: Record<string, FactChange> = {}
  for (const [name, sides] of Object.entries(change.fields)) {
    const shown = publicSides(name, sides)
    if (shown) fields[name] = shown
  }
  return {
    fields,
    ...(change.reason && { reason: change.reason }),
    at: formatInstant(change.at),
    ...(change.operationalAt !== change.at && { operationalAt: formatInstant(change.operationalAt) }),
  }
}

/** As {@link toPublicChange}, with what identifies the entry in a history. */
export function toPublicHistoryEntry(change: Change): PublicHistoryEntry {
  return { id: change.id, revision: change.revision, ...toPublicChange(change) }
}

function publicSides(name: string, sides: FactChange): FactChange | undefined {
  if (instants.has(name)) return mapSides(sides, showInstant)
  if (verbatim.has(name as FactName)) return sides // a set of names is asked, any string may ask it
  if (name === 'cancelled' || name === 'diverted') return mapSides(sides, showEvent)
  return undefined
}

function mapSides(sides: FactChange, show: (value: unknown) => unknown): FactChange {
  return { ...('from' in sides && { from: show(sides.from) }), ...('to' in sides && { to: show(sides.to) }) }
}

function showInstant(value: unknown): unknown {
  return typeof value === 'number' ? formatInstant(value) : value
}

/** Of a cancellation or diversion only the moment and the airport are public. */
function showEvent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('at' in value)) return undefined
  const airport = 'airport' in value ? { airport: value.airport } : {}
  return { ...airport, at: showInstant(value.at) }
}
