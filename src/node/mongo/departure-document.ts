import type { Amendment, Change } from '../../shared/domain/change.ts'
import { type Departure, type FactName, factNames } from '../../shared/domain/departure.ts'
import type { OutboxEntry } from '../../shared/ports/departure-store.ts'
import { decodeFacts, encodeFact, encodeFacts, type StoredFacts } from './facts.ts'

/** An unpublished change: both parts as JSON text, because nobody but the relay reads them. */
export interface StoredOutboxEntry {
  readonly revision: number
  readonly at: Date
  readonly change: string
  readonly departure: string
}

/**
 * A document of `flights`. Facts stand at the top, where other systems may write them; `accepted` is their mirror as
 * we last accepted them, and what we read.
 */
export interface DepartureDocument {
  readonly _id: string
  readonly identity: Omit<Departure, FactName | 'id' | 'sources' | 'revision' | 'updatedAt'>
  readonly accepted: StoredFacts
  readonly sources: Departure['sources']
  readonly revision: number
  readonly updatedAt: Date
  readonly outbox: StoredOutboxEntry[]
  readonly commands: { readonly id: string; readonly revision: number }[]
  readonly [fact: string]: unknown
}

/** Reads the departure as we last accepted it. */
export function readDeparture(document: DepartureDocument): Departure {
  const { _id: id, identity, accepted, sources, revision, updatedAt } = document
  const departure = { id, ...identity, ...decodeFacts(accepted), sources, revision, updatedAt: updatedAt.getTime() }
  // Reason for the cast: the mirror is written by us alone, from a Departure; decodeFacts cannot say so in types.
  return departure as Departure
}

/** The document of a new departure. */
export function writeDocument({ next, change }: Amendment): DepartureDocument {
  const facts = encodeFacts(next)
  const { carrier, number, suffix, originDate, origin, originZone, destination, destinationZone, codeshares, demo } =
    next
  const zone = destinationZone === undefined ? {} : { destinationZone }
  const identity = { carrier, number, suffix, originDate, origin, originZone, destination, ...zone, codeshares, demo }
  return {
    _id: next.id,
    identity,
    // Once more at the top, for outside programs that query by station or airline; we read only `identity`.
    ...identity,
    ...facts,
    accepted: facts,
    sources: next.sources,
    revision: next.revision,
    updatedAt: new Date(next.updatedAt),
    outbox: [writeOutboxEntry(change, next)],
    commands: change.commandId === undefined ? [] : [{ id: change.commandId, revision: next.revision }],
  }
}

/** An outbox entry for the database. */
export function writeOutboxEntry(change: Change, departure: Departure): StoredOutboxEntry {
  return {
    revision: change.revision,
    at: new Date(change.at),
    change: JSON.stringify(change),
    departure: JSON.stringify(departure),
  }
}

/** An outbox entry from the database. */
export function readOutboxEntry(entry: StoredOutboxEntry): OutboxEntry {
  return { change: JSON.parse(entry.change), departure: JSON.parse(entry.departure) }
}

/** The facts that an amendment touches. */
export function touchedNames({ change }: Pick<Amendment, 'change'>): readonly FactName[] {
  return factNames.filter((name) => name in change.fields)
}

/** A filter that holds only while each named fact at the top of the document has this value, or is absent. */
export function stillHolds(names: readonly FactName[], values: Readonly<Record<string, unknown>>) {
  const entries = names.map((name) => {
    const value = values[name]
    return [name, value === undefined ? { $exists: false } : { $eq: encodeFact(name, value) }] as const
  })
  return Object.fromEntries(entries)
}
