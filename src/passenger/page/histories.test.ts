import { describe, expect, test, vi } from 'vitest'
import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'
import { minute } from '../../testing/passenger/flights.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { createHistories as create, type HistoryParts } from './histories.ts'

const entries = (...revisions: readonly number[]): readonly PublicHistoryEntry[] =>
  revisions.map((revision) => ({ id: `x:${revision}`, revision, fields: {}, at: minute(revision) }))

const timer = manualTimer()
const createHistories = (history: HistoryParts['history']) => create({ history, timer })

describe('the history', () => {
  test('keeps what it shows while it is read again, and when that fails', async () => {
    const answers = [() => entries(1), () => Promise.reject(new Error('offline'))]
    const history = createHistories(async () => answers.shift()?.() ?? [])
    await history.load('a')
    await history.load('a')

    expect(history.state.get()).toEqual({ flightId: 'a', entries: entries(1) })
  })

  test('of another flight is empty until it comes', async () => {
    const histories = createHistories(async () => entries(1))
    await histories.load('a')
    const loading = histories.load('b')

    expect(histories.state.get()).toEqual({ flightId: 'b' })
    await loading
    expect(histories.state.get()).toMatchObject({ flightId: 'b', entries: entries(1) })
  })

  test('says when it could not be read at all', async () => {
    const history = createHistories(() => Promise.reject(new Error('offline')))
    await history.load('a')

    expect(history.state.get()).toEqual({ flightId: 'a', hasFailed: true })
  })

  test('an answer that was overtaken by a newer one is dropped', async () => {
    const slow = Promise.withResolvers<readonly PublicHistoryEntry[]>()
    const answers = [slow.promise, Promise.resolve(entries(1, 2))]
    const history = createHistories(async () => (await answers.shift()) ?? [])
    const first = history.load('a')
    await history.load('a')
    slow.resolve(entries(1))
    await first

    expect(history.state.get()?.entries).toHaveLength(2)
  })

  test('that lags behind the page is read again until the change is in it', async () => {
    const answers = [entries(1), entries(1), entries(1, 2)]
    const history = createHistories(async () => answers.shift() ?? [])
    await history.load('a', 2)
    timer.fire(300)
    await vi.waitFor(() => expect(timer.waiting(1_000)).toBe(1))
    timer.fire(1_000)

    await vi.waitFor(() => expect(history.state.get()?.entries).toHaveLength(2))
    expect(timer.waiting(3_000)).toBe(0)
  })

  test('is not read again when another flight was opened meanwhile', async () => {
    const asked: string[] = []
    const history = createHistories(async (id) => {
      asked.push(id)
      return entries(1)
    })
    await history.load('a', 2)
    await history.load('b', 1)
    timer.fire(300)

    expect(asked).toEqual(['a', 'b'])
  })
})
