import { expect, test } from 'vitest'
import { closeReaders, openReader, type Readers } from './open-reader.ts'
import { pause } from './pause.ts'

test('a reader is told to stop and waited for', async () => {
  const readers: Readers = new Set()
  const seen: string[] = []
  const reader = openReader(readers, async (signal) => {
    await pause(60_000, signal)
    seen.push('ended')
  })
  expect(readers.size).toBe(1)
  await reader.close()
  expect(seen).toEqual(['ended'])
  expect(readers.size).toBe(0)
})

test('all are closed side by side', async () => {
  const readers: Readers = new Set()
  const seen: number[] = []
  for (const number of [1, 2, 3]) {
    openReader(readers, async (signal) => {
      await pause(60_000, signal)
      seen.push(number)
    })
  }
  await closeReaders(readers)
  expect(seen.toSorted()).toEqual([1, 2, 3])
  expect(readers.size).toBe(0)
})
