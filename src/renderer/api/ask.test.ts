import { createRouterClient, implement, ORPCError } from '@orpc/server'
import { expect, test } from 'vitest'
import { contract } from '../../shared/api/contract.ts'
import { ask } from './ask.ts'
import type { ConsoleClient } from './console-client.ts'

const { session } = implement(contract)
// Reason for the cast: one procedure is enough to be asked.
const client = createRouterClient({
  session: { current: session.current.handler(() => null) },
}) as unknown as ConsoleClient

test('an answer is a value', async () => {
  expect(await ask(client, ({ session: { current } }) => current())).toEqual({ value: null })
})

test('without a connection the answer says so', async () => {
  const { failure } = await ask(undefined, ({ session: { current } }) => current())
  expect(failure).toMatchObject({ kind: 'lost', message: 'There is no connection at the moment.' })
})

test("a refusal keeps the service's words", async () => {
  const refusal = new ORPCError('FL_FORBIDDEN', { message: 'ask a supervisor' })
  const { failure } = await ask(client, () => Promise.reject(refusal))
  expect(failure).toMatchObject({ kind: 'refused', message: 'ask a supervisor' })
})
