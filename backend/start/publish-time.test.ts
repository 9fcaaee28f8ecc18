import { expect, test } from 'vitest'
import { createStationClock } from '../../src/shared/desk/station-clock.ts'
import { HOUR } from '../../src/shared/domain/instant.ts'
import type { SettingStore } from '../../src/shared/ports/system-stores.ts'
import { manualClock } from '../../src/testing/fixtures/clocks.ts'
import { NOON } from '../../src/testing/fixtures/departure.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { manualTimer } from '../../src/testing/twins/manual-timer.ts'
import { startPublishingTime } from './publish-time.ts'

function bench() {
  const values = new Map<string, string>()
  const failure: { error: Error | undefined } = { error: undefined }
  const settings: SettingStore = {
    get: async (name) => values.get(name),
    async set(name, value) {
      if (failure.error) throw failure.error
      values.set(name, value)
    },
  }
  return { settings, failure, clock: manualClock(NOON, 0), timer: manualTimer(), logger: recordingLog() }
}

test('a desk that starts later lives in the time of the replayed day, and follows its leaps', async () => {
  const parts = bench()
  parts.clock.set({ operational: NOON - HOUR })
  const time = await startPublishingTime(parts)
  const desk = createStationClock(manualClock(NOON))
  await desk.follow(parts.settings)
  expect([desk.operational(), desk.rate]).toEqual([NOON - HOUR, 0])
  parts.clock.set({ operational: NOON + HOUR })
  parts.timer.fire(5_000)
  await time.close()
  await desk.follow(parts.settings)
  expect(desk.operational()).toBe(NOON + HOUR)
  expect(parts.timer.waiting(5_000)).toBe(0)
})

test('a store that fails for a moment is told to operations, and the next leap is published', async () => {
  const parts = bench()
  const time = await startPublishingTime(parts)
  parts.failure.error = new Error('store')
  parts.clock.set({ operational: NOON + HOUR })
  parts.timer.fire(5_000)
  await new Promise((resolve) => setTimeout(resolve))
  expect(parts.logger.lines).toMatchObject([{ level: 'warn' }])
  parts.failure.error = undefined
  parts.timer.fire(5_000)
  await time.close()
  const desk = createStationClock(manualClock(NOON))
  await desk.follow(parts.settings)
  expect(desk.operational()).toBe(NOON + HOUR)
})
