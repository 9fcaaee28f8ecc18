import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Amendment, Stamp } from '../../../src/shared/domain/change.ts'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import { FlightlineError, isFlightlineError } from '../../../src/shared/lib/errors.ts'
import type { Clock } from '../../../src/shared/ports/clock.ts'
import type { CommitResult, DepartureStore } from '../../../src/shared/ports/departure-store.ts'
import type { Reference } from '../reference/reference-data.ts'
import { amendImported, createImported } from './amend-departure.ts'
import { departureColumns } from './columns.ts'
import { type ImportedDeparture, readDepartureRow } from './departure-row.ts'
import { type ImportReport, type Rejection, reject } from './import-report.ts'
import { type CsvBatch, readRows } from './read-rows.ts'

/** What the import of departures needs. */
export interface DepartureImportParts {
  readonly stores: { readonly departures: DepartureStore }
  readonly clock: Clock
  readonly reference: Reference
}

/** A row on its way into the store, with the state it is decided on. */
interface Pending {
  readonly line: number
  readonly row: ImportedDeparture
  readonly present?: Departure
  readonly tries: number
}

/** A row that meets other writers this often, or a full outbox as long, is given back to the sender. */
const TRIES = 20
const PAUSE = 25

/**
 * Imports departures from CSV with the columns of `departureColumns`. A row that cannot be loaded is named with its
 * line; the others load. Repeating an import changes nothing.
 * @throws FlightlineError `FL_CSV_INVALID` when it is not such a file, and what the store throws
 */
export async function importDepartures(source: string | Readable, parts: DepartureImportParts): Promise<ImportReport> {
  const rejected: Rejection[] = []
  let accepted = 0
  for await (const batch of readRows(source, departureColumns)) {
    const { pending, wrong } = readBatch(batch, parts.reference)
    const failed = await load(parts, pending)
    accepted += pending.length - failed.length
    rejected.push(...[...batch.rejected, ...wrong, ...failed].sort((left, right) => left.line - right.line))
  }
  return { accepted, rejected }
}

function readBatch(
  { rows }: CsvBatch<(typeof departureColumns)[number]['name']>,
  reference: Reference,
): { readonly pending: readonly Pending[]; readonly wrong: readonly Rejection[] } {
  const pending: Pending[] = []
  const wrong: Rejection[] = []
  for (const { line, cells } of rows) {
    const read = attempt(line, () => readDepartureRow(cells, reference))
    if ('value' in read) pending.push({ line, row: read.value, tries: 0 })
    else wrong.push(read.rejection)
  }
  return { pending, wrong }
}

/** Loads rows in order; of rows about one departure the next one waits for the one before. */
async function load(parts: DepartureImportParts, rows: readonly Pending[]): Promise<readonly Rejection[]> {
  const rejected: Rejection[] = []
  let queue = rows
  while (queue.length > 0) {
    const [now, later] = firstOfEach(queue)
    const drafts = now.flatMap((pending) => draft(parts, pending, rejected))
    const results = await commitAll(parts, drafts)
    const again = drafts.flatMap(({ pending }, index) => settle(pending, results[index], rejected))
    if (again.some(({ tries }) => tries > 2)) await sleep(PAUSE)
    queue = [...again, ...later]
  }
  return rejected
}

function firstOfEach(queue: readonly Pending[]): readonly [readonly Pending[], readonly Pending[]] {
  const ids = new Set<string>()
  const isFirst = queue.map(({ row }) => !ids.has(row.identity.id) && Boolean(ids.add(row.identity.id)))
  return [queue.filter((_, index) => isFirst[index]), queue.filter((_, index) => !isFirst[index])]
}

interface Draft {
  readonly pending: Pending
  readonly amendment: Amendment
}

function draft({ clock }: DepartureImportParts, pending: Pending, rejected: Rejection[]): readonly Draft[] {
  const { row, present } = pending
  const stamp: Stamp = { source: 'import', at: clock.wall(), operationalAt: clock.operational() }
  const drafted = attempt(pending.line, () =>
    present ? amendImported(present, row, stamp) : createImported(row, stamp),
  )
  if ('rejection' in drafted) rejected.push(drafted.rejection)
  return 'value' in drafted && drafted.value ? [{ pending, amendment: drafted.value }] : []
}

async function commitAll({ stores }: DepartureImportParts, drafts: readonly Draft[]): Promise<readonly CommitResult[]> {
  if (drafts.length === 0) return []
  return stores.departures.commitAll(drafts.map(({ amendment }) => amendment))
}

/** @returns the row once more, on the state that the store answered with, when it has to be decided anew */
function settle(pending: Pending, result: CommitResult | undefined, rejected: Rejection[]): readonly Pending[] {
  if (result === undefined || result.outcome === 'committed' || result.outcome === 'repeated') return []
  const { line, row } = pending
  const tries = pending.tries + 1
  if (result.outcome === 'unknown') return [{ line, row, tries }]
  if (tries < TRIES) return [{ line, row, tries, present: result.departure }]
  const { id } = row.identity
  const full = result.outcome === 'outbox-full'
  const error = full
    ? new FlightlineError('FL_OUTBOX_FULL', { id, count: result.count })
    : new FlightlineError('FL_DEPARTURE_STALE', { id })
  rejected.push(reject(line, error))
  return []
}

type Attempt<Value> = { readonly value: Value } | { readonly rejection: Rejection }

function attempt<Value>(line: number, work: () => Value): Attempt<Value> {
  try {
    return { value: work() }
  } catch (error) {
    if (!isFlightlineError(error)) throw error
    return { rejection: reject(line, error) }
  }
}
