import type { Instant } from '../../../src/shared/domain/instant.ts'
import { FlightlineError } from '../../../src/shared/lib/errors.ts'
import { isZone, localInstant } from '../../../src/shared/lib/zone-time.ts'

/** Cells of one row by column. */
export type Cells<Column extends string> = Readonly<Partial<Record<Column, string>>>

/** An error about one cell. */
export function cellError(column: string, problem: string): FlightlineError {
  return new FlightlineError('FL_CSV_ROW', { column, problem })
}

/** What a cell must look like, and how that is told. */
export interface CellForm {
  readonly pattern: RegExp
  readonly form: string
}

/** Forms of the names that flights are made of. Cells are read in capitals. */
export const cellForms = {
  carrier: { pattern: /^[A-Z0-9]{2}$/, form: 'two letters or digits' },
  number: { pattern: /^0*[1-9]\d{0,3}$/, form: 'a number from 1 to 9999' },
  suffix: { pattern: /^[A-Z]$/, form: 'one letter' },
  airport: { pattern: /^[A-Z]{3}$/, form: 'three letters' },
  sequence: { pattern: /^[1-9]\d?$/, form: 'a number from 1 to 99' },
  registration: { pattern: /^[A-Z0-9-]{2,10}$/, form: 'two to ten letters, digits or hyphens' },
  aircraftType: { pattern: /^[A-Z0-9]{2,4}$/, form: 'two to four letters or digits' },
  flightNumber: { pattern: /^[A-Z0-9]{2}[1-9]\d{0,3}[A-Z]?$/, form: 'a flight number such as LH6800' },
  reference: { pattern: /^[A-Z0-9]{6}$/, form: 'six letters or digits' },
  seat: { pattern: /^\d{1,3}[A-Z]$/, form: 'a seat such as 12A' },
} as const satisfies Record<string, CellForm>

/** @throws FlightlineError `FL_CSV_ROW` when the cell is empty */
export function needCell<Column extends string>(cells: Cells<Column>, column: Column): string {
  const text = cells[column]
  if (text === undefined) throw cellError(column, 'is empty')
  return text
}

/** A cell in capitals. @throws FlightlineError `FL_CSV_ROW` when it has another form */
export function readForm(text: string, column: string, { pattern, form }: CellForm): string {
  const value = text.toUpperCase()
  if (!pattern.test(value)) throw cellError(column, `"${text.slice(0, 20)}" is not ${form}`)
  return value
}

/** As {@link readForm} for a cell that may be empty. */
export function readOptional<Column extends string>(
  cells: Cells<Column>,
  column: Column,
  form: CellForm,
): string | undefined {
  const text = cells[column]
  return text === undefined ? undefined : readForm(text, column, form)
}

/** @throws FlightlineError `FL_CSV_ROW` when it is no date of the calendar */
export function readDate(text: string, column: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  // Date.parse takes 31 February for 3 March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) {
    throw cellError(column, `"${text.slice(0, 20)}" is not a date such as 2026-11-20`)
  }
  return text
}

const momentPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/

/**
 * A moment with its offset, or the local time of a station.
 * @param zone - of the station; needed only for a local time
 * @throws FlightlineError `FL_CSV_ROW`
 */
export function readMoment(text: string, column: string, zone: string | undefined): Instant {
  const [, date, hours, minutes, seconds = '', offset] = momentPattern.exec(text.toUpperCase()) ?? []
  const isClock = Number(hours) < 24 && Number(minutes) < 60
  if (date === undefined || !isClock) {
    throw cellError(column, `"${text.slice(0, 30)}" is not a time such as 2026-11-20T14:05-05:00`)
  }
  readDate(date, column)
  if (offset === undefined) {
    if (zone === undefined) throw cellError(column, 'has no offset, and the zone of the airport is not known')
    return localInstant(zone, date, Number(hours) * 60 + Number(minutes))
  }
  const at = Date.parse(`${date}T${hours}:${minutes}${seconds}${offset.replace(/(\d{2}):?(\d{2})$/, '$1:$2')}`)
  if (Number.isNaN(at)) throw cellError(column, `"${text.slice(0, 30)}" is not a time`)
  return at
}

/** @throws FlightlineError `FL_CSV_ROW` when no such zone is known */
export function readZone(text: string, column: string): string {
  if (!isZone(text)) throw cellError(column, `"${text.slice(0, 40)}" is not a zone such as America/New_York`)
  return text
}
