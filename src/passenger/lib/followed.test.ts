import { describe, expect, test } from 'vitest'
import { NOON } from '../../testing/fixtures/departure.ts'
import { type KeyValueStorage, readFollowed, writeFollowed } from './followed.ts'

function storage(initial: string | null = null): KeyValueStorage {
  let value = initial
  return {
    getItem: () => value,
    setItem(_key, next) {
      value = next
    },
  }
}

const barred: KeyValueStorage = {
  getItem() {
    throw new Error('SecurityError')
  },
  setItem() {
    throw new Error('QuotaExceededError')
  },
}

describe('followed flights', () => {
  test('are read back as they were written', () => {
    const own = storage()

    expect(writeFollowed(own, ['B6739-2026-11-20-JFK', 'UA1-2026-11-19-EWR'])).toBe(true)
    expect(readFollowed(own, NOON)).toEqual(['B6739-2026-11-20-JFK', 'UA1-2026-11-19-EWR'])
  })

  test('of past days are dropped, those of days to come stay', () => {
    const ids = ['B6739-2026-11-16-JFK', 'B6739-2026-11-18-JFK', 'B6739-2026-12-24-JFK']

    expect(readFollowed(storage(JSON.stringify(ids)), NOON)).toEqual(ids.slice(1))
  })

  test.each(['', '{', '"text"', '{"a":1}', '[1,null,"x",["B6739-2026-11-20-JFK"]]', 'null'])(
    'that read %j count as none',
    (text) => {
      expect(readFollowed(storage(text), NOON)).toEqual([])
    },
  )

  test('are bounded, and the newest stay', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `B6${index + 1}-2026-11-20-JFK`)
    const own = storage()

    writeFollowed(own, ids)

    expect(readFollowed(own, NOON)).toEqual(ids.slice(-30))
  })

  test('a browser that bars storage costs the list and nothing else', () => {
    expect(readFollowed(barred, NOON)).toEqual([])
    expect(writeFollowed(barred, ['B6739-2026-11-20-JFK'])).toBe(false)
  })
})
