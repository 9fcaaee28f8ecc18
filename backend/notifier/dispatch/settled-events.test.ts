import { expect, test } from 'vitest'
import { recordingLog } from '../../../src/testing/fixtures/logs.ts'
import { deliveries } from '../../../src/testing/fixtures/notices.ts'
import { memoryLog } from '../../../src/testing/twins/memory-log.ts'
import { createSettledEvents } from './settled-events.ts'

const sent = (count: number) => deliveries(count, { state: 'sent', attempts: 1 })

test('what is offered while an append is under way goes together with the next', async () => {
  const log = memoryLog()
  const sizes: number[] = []
  log.onAppend(async (_topic, messages) => {
    sizes.push(messages.length)
    await new Promise((resolve) => setTimeout(resolve, 10))
  })
  const events = createSettledEvents({ log, logger: recordingLog() })
  for (let time = 0; time < 5; time += 1) events.offer(sent(2))
  await events.flush()
  expect(sizes).toEqual([2, 8])
})

test('a log that hangs costs neither the memory nor the patience of the sender', async () => {
  const log = memoryLog()
  log.onAppend(() => new Promise(() => undefined))
  const logger = recordingLog()
  const events = createSettledEvents({ log, logger })
  for (let time = 0; time < 10; time += 1) events.offer(sent(1_000))
  expect(logger.lines.map(({ message }) => message)).toContain('the log is behind; delivery events are dropped')
})

test('nothing offered is nothing to wait for', async () => {
  const events = createSettledEvents({ log: memoryLog(), logger: recordingLog() })
  events.offer([])
  expect(await events.flush()).toBeUndefined()
})
