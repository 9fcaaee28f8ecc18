import { describe, expect, test, vi } from 'vitest'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { NOON } from '../../testing/fixtures/departure.ts'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import type { SearchRequest } from '../api/flights-api.ts'
import { createSearch } from './search.ts'

const DEBOUNCE = 180
const settled = () => new Promise(setImmediate)
const several = (count: number) => Array.from({ length: count }, (_, index) => flight({ id: `f${index}` }))

function setUp(answer: (request: SearchRequest) => readonly PublicDeparture[] | Promise<readonly PublicDeparture[]>) {
  const timer = manualTimer()
  const find = vi.fn(async (request: SearchRequest) => answer(request))
  const found = vi.fn()
  const search = createSearch({ find, timer, found, now: () => NOON })
  const type = async (text: string) => {
    search.type(text)
    timer.fire(DEBOUNCE)
    await settled()
  }
  return { search, timer, find, found, type, state: () => search.state.get() }
}

describe('typing', () => {
  test('asks once a typist pauses, for what is not over an hour ago', async () => {
    const { search, timer, find, state } = setUp(() => several(2))
    for (const text of ['ch', 'chi', ' chicago ']) search.type(text)
    expect(state()).toMatchObject({ text: ' chicago ', phase: 'loading' })

    timer.fire(DEBOUNCE)
    await settled()

    expect(find).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ query: 'chicago', from: minute(-60) }))
    expect(state()).toMatchObject({ phase: 'done', flightIds: ['f0', 'f1'] })
  })

  test('one letter asks nothing, and clears what was found', async () => {
    const { find, type, state } = setUp(() => several(2))
    await type('chi')
    await type('c')

    expect(find).toHaveBeenCalledTimes(1)
    expect(state()).toEqual({ text: 'c', phase: 'idle', flightIds: [], active: -1 })
  })

  test('what is over is looked for when nothing else is called like that', async () => {
    const { find, type, state } = setUp(({ from }) => (from ? [] : several(1)))
    await type('b6 739')

    expect(find).toHaveBeenCalledTimes(2)
    expect(state().flightIds).toEqual(['f0'])
  })

  test('an answer that was overtaken is not shown, nor its failure', async () => {
    const slow = Promise.withResolvers<readonly PublicDeparture[]>()
    const { search, timer, type, state, found } = setUp(({ query }) => (query === 'bo' ? slow.promise : several(1)))
    search.type('bo')
    timer.fire(DEBOUNCE)
    await type('boston')
    slow.reject(new Error('aborted'))
    await settled()

    expect(state()).toMatchObject({ text: 'boston', phase: 'done', flightIds: ['f0'] })
    expect(found).toHaveBeenCalledTimes(1)
  })

  test('a failure says so and shows nothing old', async () => {
    const { type, state } = setUp(({ query }) => (query === 'bo' ? several(1) : Promise.reject(new Error('offline'))))
    await type('bo')
    await type('bos')

    expect(state()).toMatchObject({ phase: 'failed', flightIds: [] })
  })

  test('shows no more than helps', async () => {
    const { type, state } = setUp(() => several(60))
    await type('jfk')

    expect(state().flightIds).toHaveLength(20)
  })

  test('the ids are known before the flights are handed on, which are kept only when they are', async () => {
    const { type, state, found } = setUp(() => several(1))
    const known: number[] = []
    found.mockImplementation(() => known.push(state().flightIds.length))
    await type('jfk')

    expect(known).toEqual([1])
  })
})

describe('the keyboard', () => {
  test('goes around the ends of the list', async () => {
    const { search, type, state } = setUp(() => several(3))
    await type('jfk')
    const visited = ([1, 1, 1, 1, -1, -1] as const).map((step) => {
      search.move(step)
      return state().active
    })

    expect(visited).toEqual([0, 1, 2, 0, 2, 1])
    expect(search.chosen()).toBe('f1')
  })

  test('begins at the end when it goes up first', async () => {
    const { search, type, state } = setUp(() => several(3))
    await type('jfk')
    search.move(-1)

    expect(state().active).toBe(2)
  })

  test('has nowhere to go without results', () => {
    const { search, state } = setUp(() => [])
    search.move(1)

    expect(state().active).toBe(-1)
    expect(search.chosen()).toBeUndefined()
  })

  test('opens the only result without a mark, and none of several', async () => {
    const { search, type } = setUp(({ query }) => several(query === 'b6739' ? 1 : 2))
    await type('b6739')
    expect(search.chosen()).toBe('f0')

    await type('b6')
    expect(search.chosen()).toBeUndefined()
  })
})
