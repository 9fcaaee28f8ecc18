import type { Booking } from '../../../src/shared/domain/passenger.ts'
import type { Sealer } from '../../../src/shared/ports/secrets.ts'
import type { PlannedDeparture } from '../replay/day-plan.ts'
import { chance, pick, pickOne } from '../replay/hash.ts'
import { type DemoLanguage, namesByLanguage } from './names.ts'

/** One taken seat; bookings are made of these, which is slow because of the sealing. */
export interface TakenSeat {
  readonly departure: PlannedDeparture
  readonly seat: string
  readonly row: number
}

// Around 85 %: full flights to the sun beside half-empty ones at noon.
const LOAD = [74, 96] as const
const REGIONAL_MILES = 500
const REGIONAL_SEATS = 70
const MAINLINE_SEATS = 150
const BUSINESS_ROWS = 3

/** Rows of seats by size of the aircraft: the letters say where the aisle is. */
const cabins = [
  { upTo: 60, letters: 'ACD' },
  { upTo: 110, letters: 'ACDF' },
  { upTo: 220, letters: 'ABCDEF' },
  { upTo: Number.POSITIVE_INFINITY, letters: 'ABDEFGHK' },
]

// Area codes of places that the sample days fly to; the exchange 555 with 01xx is set aside for fiction.
const AREA_CODES = ['212', '305', '312', '404', '415', '512', '617', '646', '702', '718', '787', '808', '917', '973']

const homeZones: Readonly<Record<Exclude<DemoLanguage, 'en'>, string>> = {
  es: 'America/Puerto_Rico',
  fr: 'Europe/Paris',
  de: 'Europe/Berlin',
}

/** The seats of a departure that are taken, always the same ones. */
export function takenSeats(departure: PlannedDeparture): readonly TakenSeat[] {
  const seats = departure.seats ?? guessSeats(departure)
  const { letters } = cabins.find(({ upTo }) => seats <= upTo) ?? { letters: 'ABCDEF' }
  const { id } = departure.identity
  const load = pick(`${id}|load`, LOAD) / 100
  return Array.from({ length: seats }, (_, index) => {
    const row = Math.floor(index / letters.length) + 1
    return { departure, row, seat: `${row}${letters[index % letters.length]}` }
  }).filter(({ seat }) => chance(`${id}|${seat}`) < load)
}

/** The booking for a seat, with its addresses sealed. Made anew it says the same, only the seal differs. */
export function makeBooking({ departure, seat, row }: TakenSeat, sealer: Sealer): Booking {
  const { identity } = departure
  const key = `${identity.id}-${seat}`
  const language = pickLanguage(key)
  const { first, family } = namesByLanguage[language]
  const name = `${pickOne(`${key}|first`, first)} ${pickOne(`${key}|family`, family)}`
  const email = `${toAscii(name)}.${toAscii(key)}@example.com`
  return {
    id: key,
    departureId: identity.id,
    reference: referenceOf(`${identity.id}|party ${Math.floor(row / 2)}`),
    flightNumberAsBooked: `${identity.carrier}${identity.number}`,
    passenger: {
      name,
      language,
      zone: pickZone(key, { language, departure }),
      ...(chance(`${key}|email`) < 0.96 && { email: sealer.seal(email), emailKey: sealer.blindIndex(email) }),
      ...(chance(`${key}|phone`) < 0.7 && { phone: sealer.seal(makePhone(key)) }),
    },
    seat,
    cabin: row <= BUSINESS_ROWS ? 'business' : 'economy',
    demo: true,
  }
}

function guessSeats({ distance = 0 }: PlannedDeparture): number {
  return distance < REGIONAL_MILES ? REGIONAL_SEATS : MAINLINE_SEATS
}

function pickLanguage(key: string): DemoLanguage {
  const share = chance(`${key}|language`)
  if (share < 0.8) return 'en'
  if (share < 0.92) return 'es'
  return share < 0.96 ? 'fr' : 'de'
}

function pickZone(
  key: string,
  { language, departure }: { readonly language: DemoLanguage; readonly departure: PlannedDeparture },
): string {
  const { originZone, destinationZone = originZone } = departure.identity
  const share = chance(`${key}|zone`)
  if (language !== 'en' && share < 0.5) return homeZones[language]
  return share < 0.7 ? originZone : destinationZone
}

function makePhone(key: string): string {
  return `+1${pickOne(`${key}|area`, AREA_CODES)}55501${String(pick(`${key}|line`, [0, 99])).padStart(2, '0')}`
}

/** Six letters and digits without those that are misread. */
function referenceOf(key: string): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  return Array.from({ length: 6 }, (_, index) => alphabet[pick(`${key}|${index}`, [0, 31])]).join('')
}

function toAscii(text: string): string {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-')
}
