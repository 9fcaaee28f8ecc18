import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Subscription } from '../../src/shared/domain/passenger.ts'
import { subscription } from '../../src/testing/fixtures/passengers.ts'
import { type NotifierWorld, openNotifierWorld } from '../../src/testing/notifier/notifier-world.ts'
import { type ScriptedChannel, scriptedChannel } from '../../src/testing/notifier/scripted-channel.ts'
import { createLinks } from './messages/links.ts'
import { sendConfirmation } from './send-confirmation.ts'

let world: NotifierWorld
let provider: ScriptedChannel

beforeEach(async () => {
  world = await openNotifierWorld()
  provider = scriptedChannel()
})

afterEach(() => world[Symbol.asyncDispose]())

function send(more: Partial<Subscription> = {}): Promise<void> {
  const address = world.parts.sealer.seal('bob@example.com')
  const links = createLinks(() => 'https://flightline.example.com')
  const parts = { ...world.dispatch({ smtp: provider }), links, retryAfter: 1 }
  return sendConfirmation(parts, { subscription: subscription({ address, ...more }), confirmToken: 'the-token' })
}

test('the link goes to the address that asked', async () => {
  await send()
  expect(provider.taken).toMatchObject([{ to: 'bob@example.com', text: expect.stringContaining('?confirm=the-token') }])
})

test('a demonstration reaches only the mailbox', async () => {
  await send({ demo: true })
  expect([provider.calls, await world.mails()]).toMatchObject([[], [{ to: 'bob@example.com' }]])
})

test('a refusal that may pass is tried again, under the same Message-ID', async () => {
  provider.answer(() =>
    provider.calls.length < 3 ? { outcome: 'refused', permanent: false, reason: '450' } : { outcome: 'accepted' },
  )
  await send()
  expect(provider.taken).toHaveLength(1)
  expect(new Set(provider.calls.flat().map(({ id }) => id)).size).toBe(1)
})

test.each([
  [true, 1],
  [false, 5],
])('giving up (permanent: %s) takes %i tries and is logged without address or token', async (permanent, tries) => {
  provider.answer(() => ({ outcome: 'refused', permanent, reason: 'no' }))
  await send()
  expect(provider.calls).toHaveLength(tries)
  expect(world.logger.lines).toMatchObject([{ level: 'error', message: 'a confirmation was not sent' }])
  expect(JSON.stringify(world.logger.lines)).not.toMatch(/bob@|the-token/)
})
