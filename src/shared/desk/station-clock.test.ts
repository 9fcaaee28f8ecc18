import { describe, expect, test } from 'vitest'
import { manualClock } from '../../testing/fixtures/clocks.ts'
import { NOON } from '../../testing/fixtures/departure.ts'
import { HOUR, MINUTE } from '../domain/instant.ts'
import type { SettingStore } from '../ports/system-stores.ts'
import { createStationClock, publishClock } from './station-clock.ts'

function memorySettings(text?: string): SettingStore & { writes: number } {
  const values = new Map(text === undefined ? [] : [['clock', text]])
  return {
    writes: 0,
    get: async (name) => values.get(name),
    async set(name, value) {
      this.writes += 1
      values.set(name, value)
    },
  }
}

/** A station that lives an hour behind, at six times the speed, and a desk that may follow it. */
function replayed() {
  const station = manualClock(NOON, 6)
  station.set({ operational: NOON - HOUR })
  const machine = manualClock(NOON)
  const passes = (milliseconds: number) => {
    station.advance(milliseconds)
    machine.advance(milliseconds)
  }
  return { station, machine, passes, settings: memorySettings(), desk: createStationClock(machine) }
}

describe('the clock of a station', () => {
  test('is the machine’s as long as nobody says otherwise', async () => {
    const { desk, settings, machine } = replayed()
    await desk.follow(settings)
    expect([desk.wall(), desk.operational(), desk.rate]).toEqual([NOON, NOON, 1])
    machine.set({ operational: NOON + 1 })
    expect(desk.operational()).toBe(NOON + 1)
  })

  test('goes on with the pace of a replayed day', async () => {
    const { station, desk, settings, passes } = replayed()
    await publishClock(settings, station)
    await desk.follow(settings)
    passes(MINUTE)
    expect(desk.operational()).toBe(station.operational())
    expect(desk.operational()).toBe(NOON - HOUR + 6 * MINUTE)
    expect(desk.rate).toBe(6)
  })

  test('is written once, and again only when it was set to another time', async () => {
    const { station, settings, passes } = replayed()
    await publishClock(settings, station)
    passes(HOUR)
    await publishClock(settings, station)
    expect(settings.writes).toBe(1)
    station.set({ operational: NOON })
    await publishClock(settings, station)
    expect(settings.writes).toBe(2)
  })

  test('goes back to the machine’s when a backend starts that replays nothing', async () => {
    const { station, machine, desk, settings } = replayed()
    await publishClock(settings, station)
    await desk.follow(settings)
    await publishClock(settings, machine)
    await desk.follow(settings)
    machine.advance(HOUR)
    expect([desk.operational(), desk.rate]).toEqual([NOON + HOUR, 1])
  })

  test('that cannot be read counts as none', async () => {
    const { desk } = replayed()
    for (const text of ['{', '{"rate":1}', '[]']) {
      await desk.follow(memorySettings(text))
      expect(desk.operational()).toBe(NOON)
    }
  })
})
