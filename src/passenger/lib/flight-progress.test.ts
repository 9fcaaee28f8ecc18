import { expect, test } from 'vitest'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { flightProgress } from './flight-progress.ts'

const at = (minutes: number) => Date.parse(minute(minutes))
const flying = { status: 'AIRBORNE', takeOffAt: minute(100), scheduledArrivalAt: minute(200) } as const

test.each<[string, Partial<PublicDeparture>, number, number]>([
  ['at the gate', { status: 'BOARDING' }, 100, 0],
  ['half of the way', flying, 150, 0.5],
  ['just taken off, so that it can be seen to have left', flying, 100, 0.03],
  ['overdue, but not landed', flying, 400, 0.97],
  ['landed', { ...flying, status: 'LANDED', landedAt: minute(190) }, 150, 1],
  ['returned to the gate', { status: 'RETURNED' }, 150, 0],
  ['diverted, on the way to nowhere known', { ...flying, status: 'DIVERTED', diverted: { at: minute(120) } }, 150, 0],
  [
    'with an arrival before its departure, as broken data has it',
    { ...flying, scheduledArrivalAt: minute(50) },
    150,
    0,
  ],
])('%s', (_name, facts, now, progress) => {
  expect(flightProgress(flight(facts), at(now))).toBe(progress)
})
