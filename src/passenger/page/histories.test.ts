import { describe, expect, test } from 'vitest'
import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'
import { minute } from '../../testing/passenger/flights.ts'
import { createHistories } from './histories.ts'

const entries = (...revisions: readonly number[]): readonly PublicHistoryEntry[] =>
  revisions.map((revision) => ({ id: `x:${revision}`, revision, fields: {}, at: minute(revision) }))

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
})
