import { expect, test } from 'vitest'
import { DAY } from '../../src/shared/domain/instant.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { startPruning } from './prune.ts'

function openTimer() {
  const waiting: (() => void)[] = []
  const keep = (_milliseconds: number, callback: () => void) => {
    waiting.push(callback)
    return () => void waiting.splice(waiting.indexOf(callback), 1)
  }
  return { waiting, timer: { after: keep, every: keep } }
}

test('sessions that ended and records older than a week go; a failure is reported and tried again', async () => {
  const { waiting, timer } = openTimer()
  const asked: number[] = []
  const ended: number[] = []
  const logger = recordingLog()
  const prune = (before: number) => {
    asked.push(before)
    return asked.length === 1 ? Promise.reject(new Error('busy')) : Promise.resolve(3)
  }
  const staff = { endSessionsBefore: async (now: number) => void ended.push(now) }
  const part = startPruning({ engine: { prune }, staff, timer, logger, now: () => 10 * DAY })

  for (const tick of waiting) tick()
  await eventually(() => logger.lines.length === 2)
  await part.close()

  expect(asked).toEqual([3 * DAY, 3 * DAY])
  expect(ended).toEqual([10 * DAY, 10 * DAY])
  expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'info'])
  expect(waiting).toEqual([])
})
