import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../../src/shared/domain/change.ts'
import { DAY, HOUR, MINUTE } from '../../../src/shared/domain/instant.ts'
import type { Stores } from '../../../src/shared/ports/stores.ts'
import { recordingLog } from '../../../src/testing/fixtures/logs.ts'
import { sampleDay } from '../../../src/testing/fixtures/real-days.ts'
import {
  allChanges,
  allDepartures,
  fewRows,
  replayHome,
  startProcess,
  WALL_NOON,
} from '../../../src/testing/fixtures/replays.ts'
import type { DayPlan } from './day-plan.ts'

/** What must not depend on how often the process died: everything but the wall clock. */
function told(changes: readonly Change[]): readonly unknown[] {
  const lines = changes.map(({ id, fields, operationalAt, historical, commandId }) => ({
    id,
    fields: JSON.stringify(fields),
    operationalAt,
    historical,
    commandId,
  }))
  return lines.sort((left, right) => left.id.localeCompare(right.id, 'en', { numeric: true }))
}

/** Dies at a certain write: before it reaches the store, or after, when nobody hears the answer. */
function dyingStores(stores: Stores, death: { writes: number; readonly isAfter: boolean }): Stores {
  const dying = async <Answer>(write: () => Promise<Answer>): Promise<Answer> => {
    death.writes -= 1
    if (death.writes > 0) return write()
    if (death.isAfter && death.writes === 0) await write()
    throw new Error('killed')
  }
  return {
    ...stores,
    departures: { ...stores.departures, commitAll: (given) => dying(() => stores.departures.commitAll(given)) },
    settings: { ...stores.settings, set: (name, value) => dying(() => stores.settings.set(name, value)) },
  }
}

async function playUndisturbed(): Promise<readonly unknown[]> {
  await using home = await replayHome()
  const stores = home.open()
  const replay = await startProcess({ stores })
  await replay.ended
  const changes = told(await allChanges(stores))
  await replay.close()
  return changes
}

/** Runs a process until it dies or ends. */
async function runUntilDeath(stores: Stores): Promise<void> {
  const { promise: died, resolve: die } = Promise.withResolvers<void>()
  const logger = { info: () => undefined, warn: () => undefined, error: () => die() }
  try {
    const replay = await startProcess({ stores, logger })
    await Promise.race([replay.ended, died])
    await replay.close()
  } catch (error) {
    if (!String(error).includes('killed')) throw error
  }
}

describe('a replay that is killed', () => {
  test('at any write, as often as you like, tells in the end exactly what an undisturbed one tells', async () => {
    const undisturbed = await playUndisturbed()
    const deaths = fc.array(fc.record({ writes: fc.integer({ min: 1, max: 9 }), isAfter: fc.boolean() }), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(deaths, async (given) => {
        await using home = await replayHome()
        for (const death of given) await runUntilDeath(dyingStores(home.open(), { ...death }))
        const stores = home.open()
        const replay = await startProcess({ stores })
        await replay.ended
        await replay.close()

        expect(told(await allChanges(stores))).toEqual(undisturbed)
      }),
      { numRuns: 12 },
    )
  })

  test('comes back to the time it would have reached, and tells what it missed as news', async () => {
    await using home = await replayHome()
    const settings = { speed: 10 }
    const before = await startProcess({ stores: home.open(), settings })
    await before.close()
    const stores = home.open()
    const known = (await allChanges(stores)).length

    const after = await startProcess({ stores, settings, wall: () => WALL_NOON + HOUR / 10 })

    expect(after.clock.operational()).toBe(before.clock.operational() + HOUR)
    const missed = (await allChanges(stores)).slice(known)
    expect(missed.length).toBeGreaterThan(0)
    expect(missed.filter(({ historical }) => historical)).toEqual([])
    await after.close()
  })

  test('after days away ends the old day and opens only the present one', async () => {
    await using home = await replayHome()
    const settings = { speed: 1 }
    const before = await startProcess({ stores: home.open(), settings })
    await before.close()
    const stores = home.open()

    const after = await startProcess({ stores, settings, wall: () => WALL_NOON + 9 * DAY })

    const departures = await allDepartures(stores)
    expect(new Set(departures.map(({ originDate }) => originDate))).toEqual(new Set(['2026-11-21', '2026-11-30']))
    const old = departures.filter(({ originDate }) => originDate === '2026-11-21')
    expect(old.filter(({ inBlockAt, cancelled, diverted }) => !inBlockAt && !cancelled && !diverted)).toEqual([])
    await after.close()
  })

  test('at its end stays there until the next date', async () => {
    await using home = await replayHome()
    const first = await startProcess({ stores: home.open() })
    await first.ended
    await first.close()
    const stores = home.open()
    const count = (await allChanges(stores)).length

    const again = await startProcess({ stores, wall: () => WALL_NOON + HOUR })
    await again.ended
    expect(again.clock.operational()).toBe(first.clock.operational())
    expect(again.clock.rate).toBe(0)
    expect(await allChanges(stores)).toHaveLength(count)
    await again.close()
    const nextDay = await startProcess({ stores, wall: () => WALL_NOON + DAY })
    await nextDay.ended

    expect(await allDepartures(stores)).toHaveLength(2 * fewRows().length)
    await nextDay.close()
  })

  test('with progress that cannot be read begins anew and doubles nothing', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const before = await startProcess({ stores })
    await before.ended
    await before.close()
    const changes = told(await allChanges(stores))
    await stores.settings.set('replay', '{"broken')

    const after = await startProcess({ stores })
    await after.ended

    expect(told(await allChanges(stores))).toEqual(changes)
    await after.close()
  })
})

describe('another file in the same store', () => {
  test('replaces what the first one left under the same ids', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const first = await startProcess({ stores, fingerprint: 'first' })
    await first.ended
    await first.close()
    const rows = fewRows().map((row) => ({ ...row, departure: 600, departureDelay: 7, arrival: 700, arrivalDelay: 9 }))
    const logger = recordingLog()

    const second = await startProcess({ stores, rows, fingerprint: 'second', logger })
    await second.ended

    for (const departure of await allDepartures(stores)) {
      expect(departure).not.toHaveProperty('cancelled')
      expect(departure).not.toHaveProperty('diverted')
      expect((departure.offBlockAt ?? 0) - departure.scheduledAt).toBe(7 * 60_000)
    }
    await second.close()
  })

  test('ends with every row of the second as in its file, whatever the first one left', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const first = await startProcess({ stores, rows: sampleDay('2013-11-27'), fingerprint: 'first' })
    await first.ended
    await first.close()
    const rows = sampleDay('2013-03-08')
    let plan: DayPlan | undefined

    const second = await startProcess({ stores, rows, fingerprint: 'second', onDay: (laid) => (plan = laid) })
    await second.ended

    const last = new Map((await allDepartures(stores)).map((departure) => [departure.id, departure]))
    for (const [index, row] of rows.entries()) {
      const departure = last.get(plan?.departures[index]?.identity.id ?? '')
      const { scheduledAt = 0, offBlockAt } = departure ?? {}
      expect(departure?.destination).toBe(row.destination)
      expect(departure?.cancelled !== undefined).toBe(row.departure === undefined)
      expect(offBlockAt === undefined ? undefined : (offBlockAt - scheduledAt) / MINUTE).toBe(row.departureDelay)
    }
    expect(new Set(plan?.departures.map(({ identity }) => identity.id)).size).toBe(979)
    await second.close()
  })

  test('leaves the departures that only the first one had', async () => {
    await using home = await replayHome()
    const stores = home.open()
    const rows = sampleDay('2013-11-27').slice(0, 20)
    const first = await startProcess({ stores, rows, fingerprint: 'first' })
    await first.close()

    const second = await startProcess({ stores, fingerprint: 'second' })
    await second.close()

    expect((await allDepartures(stores)).length).toBeGreaterThan(fewRows().length)
  })
})
