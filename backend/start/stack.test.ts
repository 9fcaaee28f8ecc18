import { expect, test } from 'vitest'
import type { Part } from '../part.ts'
import { createStack } from './stack.ts'

test('parts are closed in reverse order, once, and a failing one does not keep the others open', async () => {
  const closed: string[] = []
  const failed: unknown[] = []
  const stack = createStack((name, error) => failed.push([name, error]))
  const broken = new Error('broken')
  const part = (name: string, fails = false): Part => ({
    name,
    health: () => ({ status: 'ok' }),
    async close() {
      closed.push(name)
      if (fails) throw broken
    },
  })
  expect(stack.add(part('a')).name).toBe('a')
  stack.add(part('b', true))
  stack.add(part('c'))
  expect(stack.parts.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  await stack.close()
  await stack.close()
  expect(closed).toEqual(['c', 'b', 'a'])
  expect(failed).toEqual([['b', broken]])
})
