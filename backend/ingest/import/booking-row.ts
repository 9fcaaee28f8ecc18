import { formatDepartureId, isDepartureId } from '../../../src/shared/domain/departure-id.ts'
import {
  type CellForm,
  type Cells,
  cellError,
  cellForms,
  needCell,
  readDate,
  readForm,
  readOptional,
  readZone,
} from './cells.ts'
import type { BookingColumn } from './columns.ts'

/** One booking as a file describes it, addresses in clear. */
export interface ImportedBooking {
  readonly id?: string
  readonly departureId: string
  readonly reference: string
  readonly flightNumberAsBooked?: string
  readonly name: string
  readonly language: string
  readonly zone?: string
  readonly email?: string
  readonly phone?: string
  readonly seat?: string
  readonly cabin?: string
}

type Row = Cells<BookingColumn>

const idForm: CellForm = { pattern: /^[\w.:|@/-]{1,80}$/i, form: 'up to 80 letters, digits or . : | @ / -' }
const cabinForm: CellForm = { pattern: /^[\p{L}\d +-]{1,24}$/u, form: 'up to 24 letters or digits' }
const LONGEST_NAME = 120
// As strict as can be said without asking the server: one @, no blanks, a domain with a dot.
const emailPattern = /^[^\s@<>",;]{1,64}@[^\s@<>",;.]+(\.[^\s@<>",;.]+)+$/
const phonePattern = /^\+[1-9]\d{6,14}$/

/**
 * Reads one row.
 * @throws FlightlineError `FL_CSV_ROW`; the message never repeats a name or an address
 */
export function readBookingRow(cells: Row): ImportedBooking {
  const read = {
    id: cells.id === undefined ? undefined : checked(cells.id, 'id', idForm),
    flightNumberAsBooked: readOptional(cells, 'flight_number_as_booked', cellForms.flightNumber),
    zone: cells.zone === undefined ? undefined : readZone(cells.zone, 'zone'),
    email: readEmail(cells.email),
    phone: readPhone(cells.phone),
    seat: readOptional(cells, 'seat', cellForms.seat),
    cabin: cells.cabin === undefined ? undefined : checked(cells.cabin, 'cabin', cabinForm),
  }
  return {
    departureId: readDepartureId(cells),
    reference: readForm(needCell(cells, 'reference'), 'reference', cellForms.reference),
    name: readName(needCell(cells, 'name')),
    language: readLanguage(cells.language),
    ...withoutAbsent(read),
  }
}

function withoutAbsent(values: Readonly<Record<string, string | undefined>>): Partial<ImportedBooking> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function checked(text: string, column: BookingColumn, { pattern, form }: CellForm): string {
  if (!pattern.test(text)) throw cellError(column, `is not ${form}`)
  return text
}

function readDepartureId(cells: Row): string {
  const given = cells.departure_id?.toUpperCase()
  if (given !== undefined) {
    if (!isDepartureId(given)) throw cellError('departure_id', 'is not an id such as B6739-2026-11-20-JFK')
    return given
  }
  return formatDepartureId({
    carrier: readForm(needCell(cells, 'carrier'), 'carrier', cellForms.carrier),
    number: String(Number(readForm(needCell(cells, 'number'), 'number', cellForms.number))),
    suffix: readOptional(cells, 'suffix', cellForms.suffix) ?? '',
    originDate: readDate(needCell(cells, 'origin_date'), 'origin_date'),
    origin: readForm(needCell(cells, 'origin'), 'origin', cellForms.airport),
    sequence: 1,
  })
}

function readName(text: string): string {
  const name = text.replace(/\s+/g, ' ')
  if (name.length > LONGEST_NAME) throw cellError('name', `is longer than ${LONGEST_NAME} characters`)
  return name
}

function readLanguage(text = 'en'): string {
  try {
    const [language = 'en'] = Intl.getCanonicalLocales(text)
    return language
  } catch (error) {
    if (error instanceof RangeError) throw cellError('language', `"${text.slice(0, 20)}" is not a language such as en`)
    throw error
  }
}

function readEmail(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (text.length > 254 || !emailPattern.test(text)) throw cellError('email', 'is not an e-mail address')
  return text
}

function readPhone(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const phone = text.replace(/[\s().-]/g, '').replace(/^00/, '+')
  if (!phonePattern.test(phone)) throw cellError('phone', 'is not a telephone number with + and country code')
  return phone
}
