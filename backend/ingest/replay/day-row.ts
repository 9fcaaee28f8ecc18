import { FlightlineError } from '../../../src/shared/lib/errors.ts'
import { readTable, type TableRow } from '../reference/csv-table.ts'

/** One flight of a real day as the file tells it; what it does not tell is absent. Clocks are minutes since midnight. */
export interface DayRow {
  /** Line in the file, the header being 1. */
  readonly line: number
  /** Date in the columns `year`, `month`, `day`. */
  readonly date: string
  readonly carrier: string
  readonly number: string
  readonly origin: string
  readonly destination: string
  readonly scheduledDeparture: number
  readonly departure?: number
  readonly departureDelay?: number
  readonly scheduledArrival?: number
  readonly arrival?: number
  readonly arrivalDelay?: number
  readonly registration?: string
  /** Minutes in the air. */
  readonly airTime?: number
  /** Statute miles. */
  readonly distance?: number
  /** The scheduled hour as an instant, where the file says it. */
  readonly hourAt?: number
}

/** A real day: its flights, and the lines that name no flight at all. */
export interface DayFile {
  readonly rows: readonly DayRow[]
  readonly unreadable: readonly { readonly line: number; readonly problem: string }[]
}

const requiredColumns = [
  ...['year', 'month', 'day', 'dep_time', 'sched_dep_time', 'dep_delay', 'arr_time', 'sched_arr_time', 'arr_delay'],
  ...['carrier', 'flight', 'origin', 'dest'],
]

// IATA has no airport ZZZ, so a destination that the file leaves out cannot be taken for one that it names.
const UNKNOWN_AIRPORT = 'ZZZ'

/**
 * Reads the CSV of a real day. A row may lack anything but what makes it a flight: carrier, number, station, schedule.
 * @throws FlightlineError `FL_CSV_INVALID` when it is not such a file
 */
export function parseDay(text: string): DayFile {
  const read = readTable(text, requiredColumns).map(readRow)
  const rows = read.filter((row) => 'carrier' in row)
  const unreadable = read.filter((row) => 'problem' in row)
  if (rows.length === 0) throw new FlightlineError('FL_CSV_INVALID', { missing: 'rows that name a flight' })
  return { rows, unreadable }
}

function readRow({ line, cells }: TableRow): DayRow | { readonly line: number; readonly problem: string } {
  const carrier = cells.carrier?.toUpperCase() ?? ''
  const number = String(Number(cells.flight))
  const origin = cells.origin?.toUpperCase() ?? ''
  const date = readDate(cells)
  const scheduledDeparture = readSchedule(cells)
  if (!/^[A-Z0-9]{2}$/.test(carrier)) return { line, problem: 'no carrier' }
  if (!/^[1-9]\d{0,3}$/.test(number)) return { line, problem: 'no flight number' }
  if (!/^[A-Z]{3}$/.test(origin)) return { line, problem: 'no station of departure' }
  if (date === undefined || scheduledDeparture === undefined) return { line, problem: 'no scheduled time' }
  const named = { line, carrier, number, origin, date, scheduledDeparture }
  return { ...named, destination: readAirport(cells.dest), ...readTimes(cells) }
}

function readTimes(cells: TableRow['cells']): Partial<DayRow> {
  const hourAt = Date.parse(cells.time_hour ?? '')
  return withoutAbsent({
    departure: readClock(cells.dep_time),
    departureDelay: readNumber(cells.dep_delay),
    scheduledArrival: readClock(cells.sched_arr_time),
    arrival: readClock(cells.arr_time),
    arrivalDelay: readNumber(cells.arr_delay),
    registration: cells.tailnum,
    airTime: readPositive(cells.air_time),
    distance: readPositive(cells.distance),
    hourAt: Number.isNaN(hourAt) ? undefined : hourAt,
  })
}

function withoutAbsent(values: { readonly [Name in keyof DayRow]?: DayRow[Name] | undefined }): Partial<DayRow> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function readAirport(text: string | undefined): string {
  const code = text?.toUpperCase() ?? ''
  return /^[A-Z]{3}$/.test(code) ? code : UNKNOWN_AIRPORT
}

function readDate({ year, month, day }: TableRow['cells']): string | undefined {
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) ? date : undefined
}

function readSchedule(cells: TableRow['cells']): number | undefined {
  const hour = readNumber(cells.hour)
  return (
    readClock(cells.sched_dep_time) ?? (hour === undefined ? undefined : hour * 60 + (readNumber(cells.minute) ?? 0))
  )
}

/** `hmm` or `hhmm`; `2400` is midnight at the end of the day. */
function readClock(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,4}$/.test(text)) return undefined
  const hours = Math.floor(Number(text) / 100)
  const minutes = Number(text) % 100
  return hours * 60 + minutes <= 24 * 60 && minutes < 60 ? hours * 60 + minutes : undefined
}

function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+(\.0+)?$/.test(text) ? Number(text) : undefined
}

function readPositive(text: string | undefined): number | undefined {
  const value = readNumber(text)
  return value !== undefined && value > 0 ? value : undefined
}
