import { describe, expect, test, vi } from 'vitest'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { POLL_PAUSE } from './connection.ts'
import type { PollAnswer } from './live-parts.ts'
import { createPollLoop } from './poll-loop.ts'

const empty: PollAnswer = { flights: [], notices: [] }

function setUp() {
  const timer = manualTimer()
  const pending: PromiseWithResolvers<PollAnswer>[] = []
  const poller = {
    continueFrom: () => undefined,
    poll() {
      const next = Promise.withResolvers<PollAnswer>()
      pending.push(next)
      return next.promise
    },
  }
  const listener = { answered: vi.fn(), failed: vi.fn() }
  const loop = createPollLoop({ poller, timer }, listener)
  /** Answers the oldest question and lets the loop see it. */
  const settle = async (how: (question: PromiseWithResolvers<PollAnswer>) => void) => {
    const question = pending.shift()
    if (question) how(question)
    await new Promise(setImmediate)
  }
  return { timer, pending, listener, loop, settle }
}

describe('the poll loop', () => {
  test('asks at once, then again after each answer and its pause', async () => {
    const { timer, pending, listener, loop, settle } = setUp()
    loop.start()
    timer.fire(0)
    await settle(({ resolve }) => resolve(empty))

    expect(listener.answered).toHaveBeenCalledWith(empty, true)
    expect(timer.waiting(POLL_PAUSE)).toBe(1)

    timer.fire(POLL_PAUSE)
    expect(pending).toHaveLength(1)
  })

  test('tells a failure and goes on', async () => {
    const { timer, listener, loop, settle } = setUp()
    loop.start()
    timer.fire(0)
    await settle(({ reject }) => reject(new Error('offline')))

    expect(listener.failed).toHaveBeenCalledTimes(1)
    expect(timer.waiting(POLL_PAUSE)).toBe(1)
  })

  test('an answer that comes after the stop is still handed over: its cursor will not bring it again', async () => {
    const { timer, listener, loop, settle } = setUp()
    loop.start()
    timer.fire(0)
    loop.stop()
    await settle(({ resolve }) => resolve(empty))

    expect(listener.answered).toHaveBeenCalledWith(empty, false)
    expect(timer.waiting(POLL_PAUSE)).toBe(0)
  })

  test('a failure after the stop is nobody’s news', async () => {
    const { timer, listener, loop, settle } = setUp()
    loop.start()
    timer.fire(0)
    loop.stop()
    await settle(({ reject }) => reject(new Error('offline')))

    expect(listener.failed).not.toHaveBeenCalled()
  })

  test('never asks two questions at once, however it is hurried', async () => {
    const { timer, pending, loop, settle } = setUp()
    loop.start()
    loop.start()
    timer.fire(0)
    loop.hurry()
    timer.fire(0)
    expect(pending).toHaveLength(1)

    await settle(({ resolve }) => resolve(empty))
    loop.hurry()
    timer.fire(0)

    expect(pending).toHaveLength(1)
    expect(timer.waiting(POLL_PAUSE)).toBe(0)
  })

  test('is not hurried while it is stopped', () => {
    const { timer, loop } = setUp()
    loop.hurry()

    expect(timer.waiting(0)).toBe(0)
  })
})
