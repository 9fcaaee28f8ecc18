import { describe, expect, test } from 'vitest'
import type { LogRecord } from '../../shared/ports/event-log.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { handOver } from './hand-over.ts'

const records: readonly LogRecord[] = [
  { topic: 'flight_updates', partition: 2, offset: 7, key: 'B6739-2026-11-20-JFK', value: 'alice@example.com' },
]

function attempt(handle: (count: number) => Promise<void>) {
  const logger = recordingLog()
  const stop = new AbortController()
  let count = 0
  const result = handOver({ handle: () => handle(++count), logger, signal: stop.signal }, records)
  return { logger, stop, result, calls: () => count }
}

describe('handing over', () => {
  test('is done with the first call that does not throw', async () => {
    const tried = attempt(async (count) => {
      if (count < 3) throw new Error('not yet')
    })
    expect(await tried.result).toBe(true)
    expect(tried.calls()).toBe(3)
  })

  test('tells where it failed and why, and nothing of the content', async () => {
    const { logger, result } = attempt(async (count) => {
      if (count < 2) throw new Error('not yet')
    })
    await result
    expect(logger.lines).toEqual([
      {
        level: 'warn',
        fields: { err: expect.any(Error), topic: 'flight_updates', partition: 2, offset: 7, count: 1, attempt: 0 },
        message: 'a reader of the log failed; it gets the same records again',
      },
    ])
  })

  test('ends in the middle of a pause when it is stopped', async () => {
    const tried = attempt(() => Promise.reject(new Error('never')))
    setTimeout(() => tried.stop.abort(), 400)
    const started = performance.now()
    expect(await tried.result).toBe(false)
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  test('that was stopped before calls nobody', async () => {
    const stop = new AbortController()
    stop.abort()
    const handle = () => Promise.reject(new Error('called'))
    expect(await handOver({ handle, logger: recordingLog(), signal: stop.signal }, records)).toBe(false)
  })

  test('counts as done when the handler succeeds although it was stopped meanwhile', async () => {
    const tried = attempt(async () => tried.stop.abort())
    expect(await tried.result).toBe(true)
  })
})
