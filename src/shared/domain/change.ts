import { isSame } from '../lib/is-same.ts'
import { publicReason } from './delay.ts'
import type { Departure, DepartureFacts, DepartureIdentity, FactName, FactOrigin, Source } from './departure.ts'
import { factNames } from './departure.ts'
import type { DepartureId } from './departure-id.ts'
import type { Instant } from './instant.ts'
import type { PublicReason } from './public-reason.ts'
import type { Role } from './role.ts'

/** New values by fact; `null` clears the fact. Facts that are not named stay. */
export type FactsPatch = { readonly [Name in FactName]?: DepartureFacts[Name] | null }

/** One fact before and after; a missing side means that the fact was or is absent. */
export interface FactChange {
  readonly from?: unknown
  readonly to?: unknown
}

/** Who made a change, and when; what {@link amend} needs besides the values. */
export interface Stamp {
  readonly source: Source
  /** Wall clock of the acceptance. */
  readonly at: Instant
  /** Operational clock of the acceptance; differs from `at` on a replayed day. */
  readonly operationalAt: Instant
  readonly by?: { readonly name: string; readonly role: Role }
  readonly commandId?: string
  /** Lies before the start of a replayed day: kept in store, log and history, but tells nobody. */
  readonly historical?: true
}

/** An accepted edit: one revision of one departure. Its id is also the id of the event on the log. */
export interface Change extends Stamp {
  readonly id: string
  readonly departureId: DepartureId
  readonly revision: number
  readonly fields: Readonly<Partial<Record<FactName, FactChange>>>
  /** What passengers may read of why. */
  readonly reason?: PublicReason
}

/** The next state of a departure together with the change that led there. */
export interface Amendment {
  readonly previous?: Departure
  readonly next: Departure
  readonly change: Change
}

/**
 * Writes the id of a change, which is the id of its event and the key by which consumers drop repetitions.
 * @param revision - the revision that the change produced
 */
export function formatChangeId(departureId: DepartureId, revision: number): string {
  return `${departureId}:${revision}`
}

/**
 * Applies new values to a departure as one revision.
 * @returns the amendment, or `undefined` when every value is already as asked
 */
export function amend(departure: Departure, patch: FactsPatch, stamp: Stamp): Amendment | undefined {
  const fields = changedFields(departure, patch)
  const names = factNames.filter((name) => name in fields)
  if (names.length === 0) return undefined
  const revision = departure.revision + 1
  const origin: FactOrigin = { source: stamp.source, at: stamp.at, ...(stamp.by && { by: stamp.by.name }) }
  const next: Departure = {
    ...withPatch(departure, patch),
    sources: { ...departure.sources, ...Object.fromEntries(names.map((name) => [name, origin])) },
    revision,
    updatedAt: stamp.at,
  }
  return { previous: departure, next, change: describeChange(next, fields, stamp) }
}

/**
 * Makes the first revision of a departure.
 * @param identity - the leg
 * @param facts - what is known at its creation
 */
export function create(identity: DepartureIdentity, facts: DepartureFacts, stamp: Stamp): Amendment {
  const names = factNames.filter((name) => facts[name] !== undefined)
  const origin: FactOrigin = { source: stamp.source, at: stamp.at, ...(stamp.by && { by: stamp.by.name }) }
  const next: Departure = {
    ...identity,
    ...facts,
    sources: Object.fromEntries(names.map((name) => [name, origin])),
    revision: 1,
    updatedAt: stamp.at,
  }
  const fields = Object.fromEntries(names.map((name) => [name, { to: facts[name] }]))
  return { next, change: describeChange(next, fields, stamp) }
}

function describeChange(next: Departure, fields: Change['fields'], stamp: Stamp): Change {
  const reason = publicReason(next)
  return {
    ...stamp,
    id: formatChangeId(next.id, next.revision),
    departureId: next.id,
    revision: next.revision,
    fields,
    ...(reason && { reason }),
  }
}

function changedFields(departure: Departure, patch: FactsPatch): Change['fields'] {
  const changed = factNames.filter((name) => name in patch && !isSame(departure[name], patch[name] ?? undefined))
  return Object.fromEntries(changed.map((name) => [name, sides(departure[name], patch[name] ?? undefined)]))
}

function sides(from: unknown, to: unknown): FactChange {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

/** A departure with other values for some facts; its revision, sources and identity stay. */
export function withPatch(departure: Departure, patch: FactsPatch): Departure {
  const entries = Object.entries({ ...departure, ...patch }).filter(
    ([, value]) => value !== null && value !== undefined,
  )
  // Reason for the cast: Object.fromEntries forgets the keys that the spread above had; only absent facts are dropped.
  return Object.fromEntries(entries) as unknown as Departure
}
