import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSealer } from '../../../src/node/secrets/sealer.ts'
import { HOUR } from '../../../src/shared/domain/instant.ts'
import type { Stores } from '../../../src/shared/ports/stores.ts'
import { openEmbeddedPair } from '../../../src/testing/fixtures/embedded-pair.ts'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { recordingLog, silentLog } from '../../../src/testing/fixtures/logs.ts'
import { sampleDay, sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import { planDay } from '../replay/plan-day.ts'
import { takenSeats } from './make-bookings.ts'
import { startDemoBookings } from './start-demo-bookings.ts'

const sealer = createSealer(randomBytes(32))
const plan = planDay(sampleDay('2013-03-08').slice(0, 24), sampleReference(), { today: '2026-11-21' })
const expected = plan.departures.flatMap((departure) => takenSeats(departure)).length

function start(stores: Pick<Stores, 'bookings' | 'settings'>, logger = silentLog()) {
  return startDemoBookings({ stores, sealer, logger })
}

describe('demo bookings', () => {
  test('fill a day in the background, sealed', async () => {
    await using pair = await openEmbeddedPair()
    const demo = start(pair.first)

    demo.fill(plan, plan.opensAt)
    await demo.filled()

    const [departure] = plan.departures
    const page = await pair.first.bookings.listByDeparture(departure?.identity.id ?? '', { limit: 5 })
    const { passenger } = page.items.find((booking) => booking.passenger.email) ?? {}
    expect(await pair.first.bookings.count()).toBe(expected)
    expect(passenger?.email).toMatch(/^sealed:/)
    expect(sealer.open(passenger?.email ?? '')).toMatch(/@example\.com$/)
    expect(passenger?.emailKey).toBe(sealer.blindIndex(sealer.open(passenger?.email ?? '')))
    expect(await demo.health()).toEqual({ status: 'ok', departures: 24, filled: 24 })
    await demo.close()
  })

  test('leave the others their turn: small slices, and time for everybody after each', async () => {
    await using pair = await openEmbeddedPair()
    let turns = 0
    const others = setInterval(() => ++turns, 0)
    const slices: { readonly size: number; readonly turns: number }[] = []
    const bookings: Stores['bookings'] = {
      ...pair.first.bookings,
      putAll(given) {
        slices.push({ size: given.length, turns })
        return pair.first.bookings.putAll(given)
      },
    }
    const demo = start({ ...pair.first, bookings })

    demo.fill(plan, plan.opensAt)
    await demo.filled()
    clearInterval(others)

    expect(slices.length).toBeGreaterThan(plan.departures.length)
    for (const [index, slice] of slices.entries()) {
      expect(slice.size).toBeLessThanOrEqual(48)
      expect(slice.turns).toBeGreaterThan(slices[index - 1]?.turns ?? -1)
    }
    await demo.close()
  })

  test('stopped in the middle they go on in the next process and double nobody', async () => {
    await using pair = await openEmbeddedPair()
    const first = start(pair.first)
    first.fill(plan, plan.opensAt)
    await eventually(async () => (await pair.second.bookings.count()) > expected / 3)
    await first.close()
    const reached = await pair.second.bookings.count()

    const second = start(pair.second)
    second.fill(plan, plan.opensAt)
    await second.filled()

    expect(reached).toBeLessThan(expected)
    expect(await pair.second.bookings.count()).toBe(expected)
    await second.close()
  })

  test('flights still to come get their passengers first, also after a restart at a later time', async () => {
    await using pair = await openEmbeddedPair()
    const inTime = plan.departures.map(({ facts }) => facts.scheduledAt).toSorted((left, right) => left - right)
    const now = (inTime[20] ?? 0) + 3 * HOUR
    const order: string[] = []
    const bookings: Stores['bookings'] = {
      ...pair.first.bookings,
      putAll(given) {
        for (const { departureId } of given) if (order.at(-1) !== departureId) order.push(departureId)
        return pair.first.bookings.putAll(given)
      },
    }
    const first = start({ ...pair.first, bookings })
    first.fill(plan, now)
    await eventually(() => order.length > 22)
    await first.close()
    const second = start({ ...pair.first, bookings })
    second.fill(plan, now + 9 * HOUR)
    await second.filled()
    await second.close()

    const toCome = plan.departures.filter(({ facts }) => facts.scheduledAt >= now - 3 * HOUR)
    expect(toCome.length).toBeGreaterThan(1)
    expect(new Set(order.slice(0, toCome.length))).toEqual(new Set(toCome.map(({ identity }) => identity.id)))
    expect(await pair.first.bookings.count()).toBe(expected)
  })

  test('a day that is filled is left as it is', async () => {
    await using pair = await openEmbeddedPair()
    const first = start(pair.first)
    first.fill(plan, plan.opensAt)
    await first.filled()
    await first.close()
    let writes = 0
    const bookings = { ...pair.first.bookings, putAll: async () => ++writes }

    const second = start({ ...pair.first, bookings })
    second.fill(plan, plan.opensAt)
    await second.filled()

    expect(writes).toBe(0)
    expect(await second.health()).toMatchObject({ filled: 24 })
    await second.close()
  })

  test('a store that fails is tried again', async () => {
    await using pair = await openEmbeddedPair()
    const logger = recordingLog()
    let fails = 1
    const bookings: Stores['bookings'] = {
      ...pair.first.bookings,
      putAll: (given) => (fails-- > 0 ? Promise.reject(new Error('disk gone')) : pair.first.bookings.putAll(given)),
    }
    const demo = start({ ...pair.first, bookings }, logger)

    demo.fill(plan, plan.opensAt)
    await eventually(async () => (await demo.health()).status === 'degraded')
    await demo.filled()

    expect(await pair.first.bookings.count()).toBe(expected)
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
    expect(await demo.health()).toMatchObject({ status: 'ok' })
    await demo.close()
  })

  test('another plan for the same date is filled as well', async () => {
    await using pair = await openEmbeddedPair()
    const other = planDay(sampleDay('2013-11-27').slice(0, 10), sampleReference(), { today: '2026-11-21' })
    const demo = start(pair.first)

    demo.fill(plan, plan.opensAt)
    demo.fill(other, other.opensAt)
    await demo.filled()

    const ids = other.departures.map(({ identity }) => identity.id)
    expect(await pair.first.bookings.countByDepartures(ids)).toBeGreaterThan(300)
    await demo.close()
  })
})
