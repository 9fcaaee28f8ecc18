import { expect, test } from 'vitest'
import type { Intent } from '../../shared/api/desktop-schemas.ts'
import { createIntentQueue } from './intent-queue.ts'

const search: Intent = { type: 'action', action: 'search' }
const now: Intent = { type: 'action', action: 'now' }

test('what was asked before the page came is the first that it gets', async () => {
  const queue = createIntentQueue()
  queue.push(search)
  const intents = queue.take(new AbortController().signal)
  expect((await intents.next()).value).toBe(search)
  const next = intents.next()
  queue.push(now)
  expect((await next).value).toBe(now)
})

test('a page that is loaded again goes on where the former one ended', async () => {
  const queue = createIntentQueue()
  const ending = new AbortController()
  const former = queue.take(ending.signal)
  const waiting = former.next()
  const present = queue.take(new AbortController().signal)
  const next = present.next()
  expect((await waiting).done).toBe(true)
  queue.push(search)
  expect((await next).value).toBe(search)
  ending.abort()
})

test('the end of a page ends its wait', async () => {
  const queue = createIntentQueue()
  const ending = new AbortController()
  const waiting = queue.take(ending.signal).next()
  ending.abort()
  expect((await waiting).done).toBe(true)
})

test('what nobody takes is bounded, the oldest goes', async () => {
  const queue = createIntentQueue()
  queue.push(now)
  for (let count = 0; count < 20; count += 1) queue.push(search)
  expect((await queue.take(new AbortController().signal).next()).value).toBe(search)
})
