import { expect, test } from 'vitest'
import { NOON } from '../../../src/testing/fixtures/departure.ts'
import { openNotifierWorld } from '../../../src/testing/notifier/notifier-world.ts'
import { createMailboxChannel } from './mailbox-channel.ts'

test('the mailbox accepts everything, keeps an id once, and can tell what it has', async () => {
  await using world = await openNotifierWorld()
  const channel = createMailboxChannel(world.stores.mailbox, world.clock)
  const message = { id: 'a@flightline', to: 'ada@example.com', subject: 'Gate', text: 'C7', html: '<p>C7</p>' }
  const outcomes = await channel.send([message, { ...message, id: 'b@flightline' }, message])
  expect(outcomes).toEqual([{ outcome: 'accepted' }, { outcome: 'accepted' }, { outcome: 'accepted' }])
  expect(await world.mails()).toMatchObject([
    { ...message, channel: 'email', at: NOON },
    { ...message, id: 'b@flightline' },
  ])
  expect(await channel.accepted(['a@flightline', 'c@flightline'])).toEqual(new Set(['a@flightline']))
  await channel.close()
})
