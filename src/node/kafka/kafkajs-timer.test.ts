import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

/** What the test needs of kafkajs' internal queue of one broker connection; the library ships no types for it. */
interface RequestQueue {
  push(request: PushedRequest): void
  fulfillRequest(response: { correlationId: number; payload: Buffer; size: number }): void
  maybeThrottle(throttleTimeMs: number): void
  checkPendingRequests(): void
  destroy(): void
}

interface PushedRequest {
  readonly entry: { correlationId: number; resolve: () => void; reject: () => void }
  readonly expectResponse: boolean
  readonly sendRequest: () => void
}

const RequestQueue: new (options: object) => RequestQueue = createRequire(import.meta.url)(
  'kafkajs/src/network/requestQueue/index.js',
)

const quiet = { debug: () => undefined, warn: () => undefined }

function openQueue(maxInFlightRequests: number): RequestQueue {
  return new RequestQueue({
    maxInFlightRequests,
    requestTimeout: 30_000,
    enforceRequestTimeout: false,
    clientId: 'timer-test',
    broker: 'none:9092',
    logger: quiet,
  })
}

function request(correlationId: number, sent: number[]): PushedRequest {
  const entry = { correlationId, resolve: () => undefined, reject: () => undefined }
  return { entry, expectResponse: true, sendRequest: () => sent.push(correlationId) }
}

function answer(queue: RequestQueue, correlationId: number): void {
  queue.fulfillRequest({ correlationId, payload: Buffer.alloc(0), size: 0 })
}

// Guards patches/kafkajs+2.2.4.patch: without it an idle connection re-arms a timer with a negative time for ever.
describe('the patched kafkajs request queue', () => {
  let armed: () => number

  beforeEach(() => {
    vi.useFakeTimers()
    const spy = vi.spyOn(globalThis, 'setTimeout')
    armed = () => spy.mock.calls.length
  })

  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  test('arms no timer while nothing is pending and nothing is throttled', () => {
    const queue = openQueue(5)
    const sent: number[] = []

    queue.checkPendingRequests()
    queue.push(request(1, sent))
    answer(queue, 1)
    vi.advanceTimersByTime(1_000)

    expect(sent).toEqual([1])
    expect(armed()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('holds requests back until the throttle ends, with one timer, and is idle again after it', () => {
    const queue = openQueue(5)
    const sent: number[] = []
    queue.maybeThrottle(200)

    queue.push(request(1, sent))
    queue.push(request(2, sent))
    vi.advanceTimersByTime(199)
    expect(sent).toEqual([])

    vi.advanceTimersByTime(1)
    expect(sent).toEqual([1, 2])
    answer(queue, 1)
    answer(queue, 2)
    vi.advanceTimersByTime(1_000)

    expect(armed()).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('looks again while requests wait for a place, and stops when the last is sent', () => {
    const queue = openQueue(1)
    const sent: number[] = []
    queue.push(request(1, sent))
    queue.push(request(2, sent))
    vi.advanceTimersByTime(50)
    expect(sent).toEqual([1])
    expect(vi.getTimerCount()).toBe(1)

    answer(queue, 1)
    answer(queue, 2)
    vi.advanceTimersByTime(1_000)

    expect(sent).toEqual([1, 2])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('leaves no timer behind when it is destroyed', () => {
    const queue = openQueue(1)
    queue.maybeThrottle(10_000)
    queue.push(request(1, []))
    expect(vi.getTimerCount()).toBe(1)

    queue.destroy()

    expect(vi.getTimerCount()).toBe(0)
  })
})
