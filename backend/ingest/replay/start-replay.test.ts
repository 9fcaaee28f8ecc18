import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../../src/shared/domain/instant.ts'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { sampleDay, sampleDays, sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import {
  allChanges,
  allDepartures,
  fewRows,
  manualTimer,
  replayHome,
  START,
  startProcess,
  WALL_NOON,
} from '../../../src/testing/fixtures/replays.ts'
import type { DayPlan } from './day-plan.ts'
import { planDay } from './plan-day.ts'

const TODAY = '2026-11-21'

describe.each(sampleDays)('%s played at once', (date) => {
  test('ends with every row as in the file, and with every change of the script made once', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const rows = sampleDay(date)
    const plan = planDay(rows, sampleReference(), { today: TODAY })

    const replay = await startProcess({ stores, rows })
    await replay.ended

    const last = new Map((await allDepartures(stores)).map((departure) => [departure.id, departure]))
    for (const [index, row] of rows.entries()) {
      const departure = last.get(plan.departures[index]?.identity.id ?? '')
      const { scheduledAt = 0, scheduledArrivalAt = 0, offBlockAt, inBlockAt } = departure ?? {}
      expect(departure?.cancelled !== undefined).toBe(row.departure === undefined)
      expect(offBlockAt === undefined ? undefined : (offBlockAt - scheduledAt) / MINUTE).toBe(row.departureDelay)
      expect(inBlockAt !== undefined).toBe(row.arrival !== undefined)
      if (inBlockAt && row.arrivalDelay !== undefined) {
        expect((inBlockAt - scheduledArrivalAt) / MINUTE).toBe(row.arrivalDelay)
      }
    }
    expect(last.size).toBe(rows.length)
    const changes = await allChanges(stores)
    expect(changes).toHaveLength(plan.departures.length + plan.events.length)
    expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length)
    await replay.close()
  })
})

describe('startReplay', () => {
  test('what lies before the start is history and tells nobody; what follows is news', async () => {
    await using home = await replayHome()
    const stores = home.open()

    const replay = await startProcess({ stores })
    const atStart = await allChanges(stores)
    await replay.ended

    const changes = await allChanges(stores)
    const historical = changes.filter((change) => change.historical)
    expect(historical).toEqual(atStart)
    expect(Math.max(...historical.map(({ operationalAt }) => operationalAt))).toBeLessThanOrEqual(START)
    expect(changes.filter((change) => !change.historical && change.operationalAt <= START)).toEqual([])
    expect(changes.length).toBeGreaterThan(historical.length)
    await replay.close()
  })

  test('the clock starts at the time asked for, runs at its rate, and only what is due is told', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const timer = manualTimer()
    let wall = WALL_NOON
    const replay = await startProcess({ stores, timer, wall: () => wall, settings: { speed: 60 } })
    const before = await allChanges(stores)

    expect(replay.clock.operational()).toBe(START)
    wall += HOUR / 60
    expect(replay.clock.operational()).toBe(START + HOUR)
    expect(replay.clock.wall()).toBe(wall)
    timer.fire()
    await eventually(() => timer.waiting() !== undefined)

    const news = (await allChanges(stores)).slice(before.length)
    expect(news.length).toBeGreaterThan(0)
    for (const { operationalAt } of news) expect(operationalAt).toBeLessThanOrEqual(START + HOUR)
    expect(timer.waiting()).toBeLessThanOrEqual(30_000)
    await replay.close()
  })

  test('live starts at the wall clock', async () => {
    await using home = await replayHome()
    const replay = await startProcess({ stores: home.open(), settings: { start: 'live', speed: 1 } })

    expect(replay.clock.operational()).toBe(WALL_NOON)
    await replay.close()
  })

  test('at 04:00 the day is laid over the next date, and yesterday stays and ends', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const timer = manualTimer()
    const days: string[] = []
    let wall = WALL_NOON
    const replay = await startProcess({
      stores,
      timer,
      wall: () => wall,
      settings: { speed: 1 },
      onDay: ({ date }: DayPlan) => days.push(date),
    })

    wall += 13 * HOUR + 59 * MINUTE
    timer.fire()
    await eventually(() => timer.waiting() !== undefined)
    expect(days).toEqual([TODAY])
    wall += 20 * HOUR
    timer.fire()
    await eventually(() => timer.waiting() !== undefined)

    expect(days).toEqual([TODAY, '2026-11-22'])
    const departures = await allDepartures(stores)
    const yesterday = departures.filter(({ originDate }) => originDate === TODAY)
    expect(departures).toHaveLength(2 * fewRows().length)
    expect(yesterday.filter(({ cancelled, inBlockAt }) => !cancelled && !inBlockAt)).toEqual([])
    const opened = (await allChanges(stores)).filter(({ departureId, revision }) => {
      return departureId.includes('2026-11-22') && revision === 1
    })
    expect(new Set(opened.map(({ operationalAt }) => operationalAt))).toEqual(new Set([Date.UTC(2026, 10, 22, 9)]))
    await replay.close()
  })

  test('a store that fails degrades the replay, which then goes on where it was', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const timer = manualTimer()
    let failing = false
    const departures = {
      ...stores.departures,
      commitAll: (...given: Parameters<typeof stores.departures.commitAll>) =>
        failing ? Promise.reject(new Error('disk gone')) : stores.departures.commitAll(...given),
    }
    const replay = await startProcess({ stores: { ...stores, departures }, timer })

    failing = true
    timer.fire()
    await eventually(() => timer.waiting() !== undefined)
    expect(await replay.health()).toMatchObject({ status: 'degraded' })
    expect(timer.waiting()).toBe(1_000)
    failing = false
    timer.fire()
    await replay.ended

    expect(await replay.health()).toMatchObject({ status: 'ok', ahead: 0 })
    await replay.close()
  })

  test('closing in the middle stops at once and ends the promise of an end', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const replay = await startProcess({ stores, rows: sampleDay('2013-03-08') })

    await replay.close()
    await replay.ended
    const count = (await stores.departures.backlog()).count
    await new Promise((resolve) => setTimeout(resolve, 30))

    expect((await stores.departures.backlog()).count).toBe(count)
    expect(await replay.health()).toMatchObject({ status: 'ok' })
    expect((await replay.health()).ahead).toBeGreaterThan(0)
  })
})
