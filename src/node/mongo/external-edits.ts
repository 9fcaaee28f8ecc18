import type { Filter } from 'mongodb'
import type { Amendment } from '../../shared/domain/change.ts'
import { type FactName, factNames } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import { DAY, type Instant } from '../../shared/domain/instant.ts'
import { isSame } from '../../shared/lib/is-same.ts'
import type { CommitResult, ExternalEdit } from '../../shared/ports/departure-store.ts'
import { type Flights, write } from './departure-commit.ts'
import { type DepartureDocument, readDeparture } from './departure-document.ts'
import { decodeFact } from './facts.ts'

// Nobody corrects last week's flights behind our back, and comparing the whole archive at each wake-up would be slow.
const AROUND_NOW = 4 * DAY

// `$ifNull`: an external null and a missing field are both "absent", on every server alike.
const differs = {
  $or: factNames.map((name) => ({
    $ne: [{ $ifNull: [`$${name}`, null] }, { $ifNull: [`$accepted.${name}`, null] }],
  })),
}

/**
 * Departures of the days around now whose facts differ from what we accepted. Without `among` the server compares every
 * document, which no index can help: 20 to 80 ms for a thousand, in which other commands wait.
 */
export async function findExternalEdits(
  flights: Flights,
  now: Instant,
  among?: readonly DepartureId[],
): Promise<readonly ExternalEdit[]> {
  const range = { $gte: new Date(now - AROUND_NOW), $lt: new Date(now + AROUND_NOW) }
  const which = among ? { _id: { $in: [...among] } } : { $expr: differs }
  const found = await flights.find({ 'accepted.scheduledAt': range, ...which }).toArray()
  return found.flatMap((document) => describe(document) ?? [])
}

/** Adopts an edit if the document still holds it. */
export async function adoptEdit(flights: Flights, edit: ExternalEdit, amendment: Amendment): Promise<CommitResult> {
  const document = await flights.findOne({ _id: edit.departure.id })
  if (!document) return { outcome: 'unknown' }
  const names = edit.names.filter(isFactName)
  if (!names.every((name) => isAsFound(document, name, edit))) {
    return { outcome: 'stale', departure: readDeparture(document) }
  }
  return write(flights, amendment, { names, isAsExpected: sameValues(document, names), writesFacts: false })
}

/** Puts back those fields that still are as they were found; what was written since then has not been judged yet. */
export async function restoreEdit(flights: Flights, edit: ExternalEdit): Promise<void> {
  const document = await flights.findOne({ _id: edit.departure.id })
  if (!document) return
  const names = edit.names.filter(isFactName).filter((name) => isAsFound(document, name, edit))
  for (const name of names) {
    const value = document.accepted[name]
    const update = value === undefined ? { $unset: { [name]: '' as const } } : { $set: { [name]: value } }
    await flights.updateOne({ _id: document._id, ...sameValues(document, [name]) }, update)
  }
}

function describe(document: DepartureDocument): ExternalEdit | undefined {
  const names = factNames.filter(
    (name) => !isSame(currentValue(document, name), decodeFact(name, document.accepted[name])),
  )
  if (names.length === 0) return undefined
  const present = names.filter((name) => currentValue(document, name) !== undefined)
  const found = Object.fromEntries(present.map((name) => [name, currentValue(document, name)]))
  return { departure: readDeparture(document), found, names }
}

/** A null that somebody wrote means absent. */
function currentValue(document: DepartureDocument, name: FactName): unknown {
  return decodeFact(name, document[name]) ?? undefined
}

function isAsFound(document: DepartureDocument, name: FactName, edit: ExternalEdit): boolean {
  return isSame(currentValue(document, name), edit.found[name])
}

/** Compares with the raw values just read, so that a write in between makes the update miss. */
function sameValues(document: DepartureDocument, names: readonly FactName[]): Filter<DepartureDocument> {
  const entries = names.map((name) => {
    const value = document[name]
    return [name, value === undefined ? { $exists: false } : { $eq: value }] as const
  })
  return Object.fromEntries(entries)
}

function isFactName(name: string): name is FactName {
  return factNames.some((known) => known === name)
}
