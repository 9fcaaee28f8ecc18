import { HOUR, type Instant } from '../../shared/domain/instant.ts'

/** A passenger as the import file names them. */
export interface BookedPassenger {
  readonly departureId: string
  readonly reference: string
  readonly name: string
  readonly email: string
}

/** A station's day as its administrator would import it. */
export interface StationDay {
  readonly departureIds: readonly string[]
  readonly passengers: readonly BookedPassenger[]
  readonly departuresCsv: string
  readonly bookingsCsv: string
}

export interface StationSize {
  readonly departures: number
  /** Per departure; one more on the first, who gave the address of another. */
  readonly passengers: number
}

const FIRST_GATE = 'B1'
// Some travel soon, so that their delays are critical, and some later, whose delays are not.
const aheads = [6 * HOUR, 40 * HOUR] as const

/** Makes departures from New York and the people on them. */
export function createStationDay(size: StationSize, now: Instant): StationDay {
  const departures = Array.from({ length: size.departures }, (_, index) => {
    const scheduledAt = roundToMinute(now + (aheads[index % 2] ?? 0) + index * 60_000)
    const originDate = localDate(scheduledAt)
    const number = String(101 + index)
    return { id: `FL${number}-${originDate}-JFK`, number, originDate, scheduledAt }
  })
  const departureIds = departures.map(({ id }) => id)
  const passengers = departureIds.flatMap((id, flight) => bookOn(id, flight, size.passengers))
  return {
    departureIds,
    passengers,
    departuresCsv: toCsv(
      'carrier,number,origin_date,origin,destination,scheduled_departure,gate',
      departures.map(({ number, originDate, scheduledAt }) => [
        ...['FL', number, originDate, 'JFK', 'BOS'],
        ...[new Date(scheduledAt).toISOString(), FIRST_GATE],
      ]),
    ),
    bookingsCsv: toCsv(
      'reference,departure_id,name,language,email',
      passengers.map(({ reference, departureId, name, email }) => [reference, departureId, name, 'en', email]),
    ),
  }
}

function bookOn(departureId: string, flight: number, count: number): readonly BookedPassenger[] {
  const seats = flight === 0 ? count + 1 : count
  return Array.from({ length: seats }, (_, seat) => {
    const inbox = Math.min(seat, count - 1)
    const reference = `F${String(flight).padStart(3, '0')}${String(seat).padStart(2, '0')}`
    return { departureId, reference, name: `Guest ${inbox} ${flight}`, email: `guest${inbox}.${flight}@example.com` }
  })
}

function toCsv(header: string, rows: readonly (readonly string[])[]): string {
  return [header, ...rows.map((row) => row.join(','))].join('\n')
}

function roundToMinute(at: Instant): Instant {
  return Math.ceil(at / 60_000) * 60_000
}

function localDate(at: Instant): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(at)
}
