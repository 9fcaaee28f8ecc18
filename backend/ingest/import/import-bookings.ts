import type { Readable } from 'node:stream'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import type { DepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { Booking, Passenger } from '../../../src/shared/domain/passenger.ts'
import { FlightlineError, isFlightlineError } from '../../../src/shared/lib/errors.ts'
import { isSame } from '../../../src/shared/lib/is-same.ts'
import type { Sealer } from '../../../src/shared/ports/secrets.ts'
import type { Stores } from '../../../src/shared/ports/stores.ts'
import { type ImportedBooking, readBookingRow } from './booking-row.ts'
import { type BookingColumn, bookingColumns } from './columns.ts'
import { type ImportReport, type Rejection, reject } from './import-report.ts'
import { type CsvRow, readRows } from './read-rows.ts'

/** What the import of bookings needs. */
export interface BookingImportParts {
  readonly stores: Pick<Stores, 'bookings' | 'departures'>
  readonly sealer: Sealer
}

interface Import extends BookingImportParts {
  /** Departures by id as far as they were looked up; `undefined` is one that does not exist. */
  readonly departures: Map<DepartureId, Departure | undefined>
}

interface Placed {
  readonly id: string
  readonly row: ImportedBooking
  readonly departure: Departure
}

/**
 * Imports bookings from CSV with the columns of `bookingColumns`; addresses are sealed before they are stored. A row
 * that cannot be loaded is named with its line; the others load. Repeating an import changes nothing.
 * @throws FlightlineError `FL_CSV_INVALID` when it is not such a file, and what the store throws
 */
export async function importBookings(source: string | Readable, parts: BookingImportParts): Promise<ImportReport> {
  const context: Import = { ...parts, departures: new Map() }
  const rejected: Rejection[] = []
  let accepted = 0
  for await (const batch of readRows(source, bookingColumns)) {
    const placed: Placed[] = []
    const wrong: Rejection[] = []
    for (const row of batch.rows) {
      const read = await place(context, row)
      if ('code' in read) wrong.push(read)
      else placed.push(read)
    }
    await store(context, placed)
    accepted += placed.length
    rejected.push(...[...batch.rejected, ...wrong].sort((left, right) => left.line - right.line))
  }
  return { accepted, rejected }
}

async function place(context: Import, { line, cells }: CsvRow<BookingColumn>): Promise<Placed | Rejection> {
  try {
    const row = readBookingRow(cells)
    const departure = await findDeparture(context, row.departureId)
    return { id: row.id ?? idOf(row, context.sealer), row, departure }
  } catch (error) {
    if (!isFlightlineError(error) || error.status >= 500) throw error
    return reject(line, error)
  }
}

async function findDeparture({ stores, departures }: Import, id: DepartureId): Promise<Departure> {
  if (!departures.has(id)) departures.set(id, await stores.departures.get(id))
  const departure = departures.get(id)
  if (!departure) throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id })
  return departure
}

/** Several people share a record locator; the keyed hash tells them apart without putting a name into an id. */
function idOf({ departureId, reference, name }: ImportedBooking, sealer: Sealer): string {
  return `${departureId}-${reference}-${sealer.blindIndex(name).slice(0, 12)}`
}

async function store(context: Import, placed: readonly Placed[]): Promise<void> {
  if (placed.length === 0) return
  const { bookings } = context.stores
  const stored = new Map((await bookings.getAll(placed.map(({ id }) => id))).map((booking) => [booking.id, booking]))
  const changed = placed.flatMap((given) => {
    const present = stored.get(given.id)
    const next = toBooking(context, given, present)
    stored.set(given.id, next)
    return isSame(present, next) ? [] : [next]
  })
  if (changed.length > 0) await bookings.putAll(changed)
}

/** Seals of the same address differ each time, so one that still says the same is kept: else every import is a change. */
function toBooking({ sealer }: Import, { id, row, departure }: Placed, present: Booking | undefined): Booking {
  const { reference, seat, cabin, name, language, zone = departure.originZone } = row
  const { carrier, number, suffix } = departure
  const { checkedIn, boarded } = present ?? {}
  return {
    id,
    departureId: departure.id,
    reference,
    flightNumberAsBooked: row.flightNumberAsBooked ?? `${carrier}${number}${suffix}`,
    passenger: { name, language, zone, ...sealAddresses(sealer, row, present?.passenger) },
    ...(seat && { seat }),
    ...(cabin && { cabin }),
    ...(checkedIn !== undefined && { checkedIn }),
    ...(boarded !== undefined && { boarded }),
    // Nobody real is told about a flight that is made up.
    demo: departure.demo,
  }
}

function sealAddresses(
  sealer: Sealer,
  { email, phone }: ImportedBooking,
  present: Passenger | undefined,
): Pick<Passenger, 'email' | 'emailKey' | 'phone'> {
  return {
    ...(email && { email: sealAgain(sealer, email, present?.email), emailKey: sealer.blindIndex(email) }),
    ...(phone && { phone: sealAgain(sealer, phone, present?.phone) }),
  }
}

function sealAgain(sealer: Sealer, clear: string, sealed: string | undefined): string {
  const isSealed = sealed !== undefined && sealed !== clear
  return isSealed && opens(sealer, sealed, clear) ? sealed : sealer.seal(clear)
}

/** A seal of another key cannot be read, and is replaced. */
function opens(sealer: Sealer, sealed: string, clear: string): boolean {
  try {
    return sealer.open(sealed) === clear
  } catch (error) {
    if (isFlightlineError(error)) return false
    throw error
  }
}
