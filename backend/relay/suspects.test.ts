import { expect, test } from 'vitest'
import { createSuspects } from './suspects.ts'

test('everything is suspect until it was looked at once', () => {
  const suspects = createSuspects()
  suspects.add(['a'])
  expect(suspects.take()).toBeUndefined()
})

test('those that were named are looked at once, each', () => {
  const suspects = createSuspects()
  suspects.take()
  suspects.add(['a', 'b'])
  suspects.add(['b'])
  suspects.add([])
  expect(suspects.take()).toEqual(['a', 'b'])
  suspects.add(['c'])
  expect(suspects.take()).toEqual(['c'])
})

test('a look without a name, and a hint that names none, mean all', () => {
  const suspects = createSuspects()
  suspects.take()
  expect(suspects.take()).toBeUndefined()
  suspects.add(['a'])
  suspects.add(undefined)
  suspects.add(['b'])
  expect(suspects.take()).toBeUndefined()
})
