import { describe, expect, test } from 'vitest'
import { amendment, creation } from '../fixtures/amendment.ts'
import { departure } from '../fixtures/departure.ts'
import type { OpenPair } from './store-pair.ts'

/** What every `HistoryStore` keeps to. */
export function describeHistoryStore(name: string, open: OpenPair): void {
  describe(`HistoryStore on ${name}`, () => {
    test('changes of a departure are listed oldest first, whatever the order in which they came', async () => {
      await using pair = await open()
      const changes = revisions(12)
      await pair.first.history.append([...changes].reverse())
      expect(await pair.second.history.list(departure().id)).toEqual(changes)
      expect(await pair.second.history.list('XX1-2026-11-20-JFK')).toEqual([])
    })

    test('a change that is known stays as it was', async () => {
      await using pair = await open()
      const [first, second, third] = revisions(3)
      if (!first || !second || !third) throw new Error('three changes are needed')
      await pair.first.history.append([first, second])
      await pair.second.history.append([{ ...second, fields: {} }, third, third])
      expect(await pair.first.history.list(departure().id)).toEqual([first, second, third])
      expect(await pair.first.history.count()).toBe(3)
    })

    test('nothing is appended for nothing', async () => {
      await using pair = await open()
      await pair.first.history.append([])
      expect(await pair.first.history.count()).toBe(0)
      expect(await pair.first.history.list(departure().id)).toEqual([])
    })

    test('two writers of the same changes leave each once', async () => {
      await using pair = await open()
      const changes = revisions(200)
      await Promise.all([pair.first, pair.second, pair.first].map(({ history }) => history.append(changes)))
      expect(await pair.second.history.count()).toBe(200)
    })
  })
}

function revisions(count: number) {
  const made = [creation(departure({ remark: 'start' }))]
  while (made.length < count) made.push(amendment(made.at(-1)?.next, { remark: `edit ${made.length}` }))
  return made.map(({ change }) => change)
}
