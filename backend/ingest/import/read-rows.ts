import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { FlightlineError } from '../../../src/shared/lib/errors.ts'
import type { ImportColumn } from './columns.ts'
import { type Rejection, reject } from './import-report.ts'
import { readLines } from './read-lines.ts'

/** One row of an import: cells by column, empty ones absent. */
export interface CsvRow<Column extends string = string> {
  readonly line: number
  readonly cells: Readonly<Partial<Record<Column, string>>>
}

/** Some consecutive rows, and the lines among them that are no rows. */
export interface CsvBatch<Column extends string = string> {
  readonly rows: readonly CsvRow<Column>[]
  readonly rejected: readonly Rejection[]
}

// Parsing a batch and sealing its addresses has to leave the thread to others again within 10 ms.
const BATCH = 50

/**
 * Reads an import file batch by batch, so that its size does not matter. A line break inside quotes is refused: no
 * column needs one, and one quote left open would otherwise swallow the rest of the file.
 * @throws FlightlineError `FL_CSV_INVALID` when the header lacks required columns or names one twice
 */
export async function* readRows<Column extends string>(
  source: string | Readable,
  columns: readonly (ImportColumn & { readonly name: Column })[],
): AsyncGenerator<CsvBatch<Column>> {
  let header: readonly (Column | undefined)[] | undefined
  let lines: string[] = []
  let first = 1
  for await (const line of readLines(source)) {
    lines.push(line)
    if (lines.length < BATCH) continue
    const read = readBatch(lines, { first, header, columns })
    header = read.header
    first += lines.length
    lines = []
    yield read.batch
    await setImmediate()
  }
  const read = readBatch(lines, { first, header, columns })
  if (!read.header) throw missing(requiredNames(columns))
  yield read.batch
}

interface BatchPlace<Column extends string> {
  /** Line of the file at which the batch begins. */
  readonly first: number
  readonly header: readonly (Column | undefined)[] | undefined
  readonly columns: readonly (ImportColumn & { readonly name: Column })[]
}

function readBatch<Column extends string>(
  lines: readonly string[],
  place: BatchPlace<Column>,
): { readonly header: BatchPlace<Column>['header']; readonly batch: CsvBatch<Column> } {
  const rows: CsvRow<Column>[] = []
  const rejected: Rejection[] = []
  let { header } = place
  for (const [index, text] of lines.entries()) {
    const line = place.first + index
    const record = parseLine(text)
    if (typeof record === 'string') rejected.push(rejectLine(line, record))
    else if (record.every((cell) => cell === '')) continue
    else if (!header) header = readHeader(record, place.columns)
    else if (isWhole(record, header)) rows.push({ line, cells: cellsOf(record, header) })
    else rejected.push(rejectLine(line, `the row has ${record.length} cells, the header ${header.length}`))
  }
  return { header, batch: { rows, rejected } }
}

/**
 * Each line by itself: after a broken one the parser would skip further lines, and which ones depends on the break.
 * @returns the cells, or what is wrong
 */
function parseLine(text: string): readonly string[] | string {
  try {
    const [cells = []] = parse(text, { relax_column_count: true, trim: true })
    return cells
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const isOpen = error.code === 'CSV_QUOTE_NOT_CLOSED'
    return isOpen ? 'a quotation mark is not closed on its line' : 'a quotation mark stands where none may stand'
  }
}

/** Spreadsheets leave empty cells behind the last column. */
function isWhole(record: readonly string[], header: readonly unknown[]): boolean {
  return record.length >= header.length && record.slice(header.length).every((cell) => cell === '')
}

/** Columns by position; one that is not ours is `undefined`. */
function readHeader<Column extends string>(
  record: readonly string[],
  columns: readonly (ImportColumn & { readonly name: Column })[],
): readonly (Column | undefined)[] {
  const given = record.map((cell) => cell.toLowerCase())
  const absent = requiredNames(columns, given).filter((name) => !given.includes(name))
  if (absent.length > 0) throw missing(absent)
  const header = given.map((cell) => columns.find(({ name }) => name === cell)?.name)
  const named = header.filter((name) => name !== undefined)
  if (new Set(named).size < named.length) throw missing(['one of two columns of the same name'])
  return header
}

function requiredNames(columns: readonly ImportColumn[], given: readonly string[] = []): readonly string[] {
  const isRequired = ({ required, unless }: ImportColumn) => required || (unless && !given.includes(unless))
  return columns.filter(isRequired).map(({ name }) => name)
}

function missing(names: readonly string[]): FlightlineError {
  return new FlightlineError('FL_CSV_INVALID', { missing: names.join(', ') })
}

function cellsOf<Column extends string>(
  record: readonly string[],
  header: readonly (Column | undefined)[],
): CsvRow<Column>['cells'] {
  const cells: Partial<Record<Column, string>> = {}
  for (const [index, name] of header.entries()) {
    const value = record[index]
    if (name !== undefined && value) cells[name] = value
  }
  return cells
}

function rejectLine(line: number, problem: string): Rejection {
  return reject(line, new FlightlineError('FL_CSV_ROW', { column: 'row', problem }))
}
