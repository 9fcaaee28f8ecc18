import { parse } from 'csv-parse/sync'
import { FlightlineError } from '../../../src/shared/lib/errors.ts'

/** One row of a small file as text by column; an empty cell or `NA` is absent. `line` counts from the header as 1. */
export interface TableRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

interface ParsedRow {
  readonly info: { readonly lines: number }
  readonly record: Readonly<Record<string, string>>
}

/**
 * Reads a small CSV file whole; the files of reference data and days. Rows with cells too many or too few are kept.
 * @throws FlightlineError `FL_CSV_INVALID` naming the columns that are missing
 */
export function readTable(text: string, required: readonly string[]): readonly TableRow[] {
  const rows = parse<ParsedRow>(text, {
    bom: true,
    columns: (header: string[]) => assertColumns(header, required),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  })
  if (rows.length === 0 && text.trim() === '') throw new FlightlineError('FL_CSV_INVALID', missing(required))
  return rows.map(({ info, record }) => ({ line: info.lines, cells: withoutGaps(record) }))
}

function assertColumns(header: readonly string[], required: readonly string[]): string[] {
  const absent = required.filter((column) => !header.includes(column))
  if (absent.length > 0) throw new FlightlineError('FL_CSV_INVALID', missing(absent))
  return [...header]
}

function missing(columns: readonly string[]): { readonly missing: string } {
  return { missing: columns.join(', ') }
}

function withoutGaps(record: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '' && value !== 'NA'))
}
