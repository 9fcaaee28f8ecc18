import { expect, test } from 'vitest'
import { DAY } from '../../src/shared/domain/instant.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { recordingLog } from '../../src/testing/fixtures/logs.ts'
import { startPruning } from './prune-log.ts'

test('records older than a week leave the log, and a failure is reported and tried again', async () => {
  const ticks: (() => void)[] = []
  const asked: number[] = []
  const logger = recordingLog()
  const timer = {
    after: () => () => undefined,
    every: (_milliseconds: number, callback: () => void) => {
      ticks.push(callback)
      return () => undefined
    },
  }
  const prune = (before: number) => {
    asked.push(before)
    return asked.length === 1 ? Promise.reject(new Error('busy')) : Promise.resolve(3)
  }
  const part = startPruning({ engine: { prune }, timer, logger, now: () => 10 * DAY })
  ticks[0]?.()
  await eventually(() => logger.lines.length === 1)
  ticks[0]?.()
  await eventually(() => logger.lines.length === 2)
  await part.close()
  expect(asked).toEqual([3 * DAY, 3 * DAY])
  expect(logger.lines.map(({ level }) => level)).toEqual(['error', 'info'])
})
