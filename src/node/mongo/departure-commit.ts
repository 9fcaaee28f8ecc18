import type { Collection, Filter, UpdateFilter } from 'mongodb'
import type { Amendment } from '../../shared/domain/change.ts'
import type { FactName } from '../../shared/domain/departure.ts'
import { COMMANDS_KEPT, type CommitResult, OUTBOX_CAP } from '../../shared/ports/departure-store.ts'
import {
  type DepartureDocument,
  readDeparture,
  stillHolds,
  touchedNames,
  writeDocument,
  writeOutboxEntry,
} from './departure-document.ts'
import { encodeFact } from './facts.ts'
import { isDuplicateKey } from './store-error.ts'

/** The collection that holds departures. */
export type Flights = Collection<DepartureDocument>

/** Writes one amendment in one atomic operation. */
export async function commitAmendment(flights: Flights, amendment: Amendment): Promise<CommitResult> {
  const { previous } = amendment
  if (!previous) return insert(flights, amendment)
  const names = touchedNames(amendment)
  // An edit without facts asks whether its command is known; it is never a revision of its own.
  if (names.length === 0) return diagnose(flights, amendment)
  const values: Readonly<Record<string, unknown>> = { ...previous }
  return write(flights, amendment, { names, isAsExpected: stillHolds(names, values), writesFacts: true })
}

/** How an update differs between a commit and an adoption. */
export interface Writing {
  readonly names: readonly FactName[]
  readonly isAsExpected: Filter<DepartureDocument>
  /** An adoption finds its values already at the top of the document. */
  readonly writesFacts: boolean
}

/** The one update that holds new state, mirror, revision, command and outbox entry. */
export async function write(flights: Flights, amendment: Amendment, writing: Writing): Promise<CommitResult> {
  const filter = { _id: amendment.next.id, ...fence(amendment), ...writing.isAsExpected }
  const update = describeUpdate(amendment, writing)
  const written = await flights.findOneAndUpdate(filter, update, { returnDocument: 'after' })
  return written ? { outcome: 'committed', departure: readDeparture(written) } : diagnose(flights, amendment)
}

function fence({ previous, next, change }: Amendment): Filter<DepartureDocument> {
  return {
    revision: previous?.revision ?? next.revision - 1,
    [`outbox.${OUTBOX_CAP - 1}`]: { $exists: false },
    ...(change.commandId !== undefined && { 'commands.id': { $ne: change.commandId } }),
  }
}

function describeUpdate({ next, change }: Amendment, { names, writesFacts }: Writing): UpdateFilter<DepartureDocument> {
  const set: Record<string, unknown> = { revision: next.revision, updatedAt: new Date(next.updatedAt) }
  const unset: Record<string, ''> = {}
  for (const name of names) {
    const value = next[name]
    for (const path of writesFacts ? [name, `accepted.${name}`] : [`accepted.${name}`]) {
      if (value === undefined) unset[path] = ''
      else set[path] = encodeFact(name, value)
    }
    set[`sources.${name}`] = next.sources[name]
  }
  const command = { id: change.commandId, revision: next.revision }
  const commands = { $each: change.commandId === undefined ? [] : [command], $slice: -COMMANDS_KEPT }
  const push = { outbox: writeOutboxEntry(change, next), commands }
  // Reason for the cast: the driver's type cannot follow paths that are put together at run time.
  return {
    $set: set,
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
    $push: push,
  } as unknown as UpdateFilter<DepartureDocument>
}

async function insert(flights: Flights, amendment: Amendment): Promise<CommitResult> {
  try {
    await flights.insertOne(writeDocument(amendment))
    return { outcome: 'committed', departure: amendment.next }
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    return diagnose(flights, amendment)
  }
}

/** Why a write did not go through, read from the document as it is now. */
async function diagnose(flights: Flights, { next, previous, change }: Amendment): Promise<CommitResult> {
  const found = await flights.findOne({ _id: next.id })
  if (!found) return { outcome: 'unknown' }
  const departure = readDeparture(found)
  const first = found.commands.find(({ id }) => id === change.commandId)
  if (first) return { outcome: 'repeated', revision: first.revision, departure }
  if (!previous) return { outcome: 'exists', departure }
  const count = found.outbox.length
  const isCurrent = found.revision === previous.revision
  return isCurrent && count >= OUTBOX_CAP
    ? { outcome: 'outbox-full', departure, count }
    : { outcome: 'stale', departure }
}
