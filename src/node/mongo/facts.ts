import { type DepartureFacts, type FactName, factNames } from '../../shared/domain/departure.ts'

/** Facts as they lie in a document: instants as BSON dates, all else as it is. */
export type StoredFacts = Readonly<Record<string, unknown>>

// Every fact whose name ends so is an instant; the others hold instants only under the names below.
const isInstantName = (name: string) => name.endsWith('At')
const nestedInstants: ReadonlySet<string> = new Set(['at', 'value'])

/** Writes one fact for the database. */
export function encodeFact(name: FactName, value: unknown): unknown {
  if (isInstantName(name) && typeof value === 'number') return new Date(value)
  return name === 'cancelled' || name === 'diverted' || name === 'conflicts' ? encodeNested(value) : value
}

/**
 * Reads one fact. What has the wrong type stays recognizably wrong: a number where a date belongs must not pass for
 * an instant.
 */
export function decodeFact(name: string, value: unknown): unknown {
  if (isInstantName(name)) return value instanceof Date ? value.getTime() : wrongUnlessAbsent(value)
  return name === 'cancelled' || name === 'diverted' || name === 'conflicts' ? decodeNested(value) : value
}

/** All facts that are present, for the database. */
export function encodeFacts(facts: DepartureFacts): StoredFacts {
  const present = factNames.filter((name) => facts[name] !== undefined)
  return Object.fromEntries(present.map((name) => [name, encodeFact(name, facts[name])]))
}

/** All facts that are present, from the database. */
export function decodeFacts(stored: StoredFacts): Readonly<Record<string, unknown>> {
  const present = factNames.filter((name) => stored[name] !== undefined)
  return Object.fromEntries(present.map((name) => [name, decodeFact(name, stored[name])]))
}

function wrongUnlessAbsent(value: unknown): unknown {
  return value === undefined || value === null ? value : `not a date: ${String(value).slice(0, 40)}`
}

function encodeNested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(encodeNested)
  return mapMembers(value, (name, member) =>
    nestedInstants.has(name) && typeof member === 'number' ? new Date(member) : member,
  )
}

function decodeNested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeNested)
  return mapMembers(value, (_name, member) => (member instanceof Date ? member.getTime() : member))
}

function mapMembers(value: unknown, change: (name: string, member: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(name, member)]))
}
