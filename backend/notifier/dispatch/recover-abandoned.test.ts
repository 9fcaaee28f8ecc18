import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { departure } from '../../../src/testing/fixtures/departure.ts'
import { notice, toldState } from '../../../src/testing/fixtures/notices.ts'
import { bookings } from '../../../src/testing/fixtures/passengers.ts'
import { type NotifierWorld, openNotifierWorld } from '../../../src/testing/notifier/notifier-world.ts'
import {
  dyingChannel as dying,
  type ScriptedChannel,
  scriptedChannel,
} from '../../../src/testing/notifier/scripted-channel.ts'
import { fanOutNotice } from '../fan-out/fan-out-notice.ts'
import type { DispatchContext } from './dispatch-context.ts'
import { createDispatchStep } from './dispatch-step.ts'

let world: NotifierWorld
let provider: ScriptedChannel
const about = departure()

beforeEach(async () => {
  world = await openNotifierWorld()
  provider = scriptedChannel()
})

afterEach(() => world[Symbol.asyncDispose]())

async function queue(count: number, critical = false): Promise<void> {
  const given = notice({ critical })
  await world.stores.bookings.putAll(bookings(count))
  await world.stores.notices.put(given, 1)
  await fanOutNotice(world.context(), { notice: given, sequence: 1 })
}

/** Another process takes over once the leases of the dead one have ended, and works until nothing is left to do. */
async function takeOver(more: Partial<DispatchContext>): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    world.clock.advance(10 * 60_000)
    const step = createDispatchStep(world.dispatch({ owner: 'process-2', stores: world.otherStores, ...more }))
    while (await step());
  }
}

const list = () => world.stores.deliveries.listByDeparture(about.id)

describe('a sender that died, with the mailbox', () => {
  test.each(['before', 'after'] as const)(
    '%s the messages were kept: each is there once and all are sent',
    async (when) => {
      await queue(30)
      const first = world.dispatch()
      const step = createDispatchStep({ ...first, mailbox: dying(first.mailbox, when) })
      await expect(step()).rejects.toThrow('killed')
      await takeOver({})
      expect(await world.mails()).toHaveLength(30)
      expect((await list()).every(({ state, wasUncertain }) => state === 'sent' && !wasUncertain)).toBe(true)
    },
  )
})

describe('a sender that died, with a mail server', () => {
  test('leaves what it had in hand uncertain, which is not sent again', async () => {
    await queue(25)
    await expect(createDispatchStep(world.dispatch({ smtp: dying(provider, 'after') }))()).rejects.toThrow('killed')
    await takeOver({ smtp: provider })
    const uncertain = (await list()).filter(({ state }) => state === 'uncertain')
    expect(uncertain).toHaveLength(10)
    expect(uncertain.every(({ reason }) => reason === 'its sender died in the middle of an attempt')).toBe(true)
    expect([provider.taken.length, new Set(provider.taken.map(({ id }) => id)).size]).toEqual([25, 25])
  })

  test('has its critical messages sent again, under the same Message-ID and marked', async () => {
    await queue(5, true)
    await expect(createDispatchStep(world.dispatch({ smtp: dying(provider, 'after') }))()).rejects.toThrow('killed')
    await takeOver({ smtp: provider })
    expect([provider.taken.length, new Set(provider.taken.map(({ id }) => id)).size]).toEqual([10, 5])
    expect((await list()).every(({ state, wasUncertain }) => state === 'sent' && wasUncertain)).toBe(true)
  })

  test('has even critical messages not sent again when something newer was decided', async () => {
    await queue(3, true)
    await expect(createDispatchStep(world.dispatch({ smtp: dying(provider, 'before') }))()).rejects.toThrow('killed')
    await world.stores.notices.saveState(toldState({ sequence: 2 }))
    await takeOver({ smtp: provider })
    expect(provider.taken).toEqual([])
    expect((await list()).map(({ state }) => state)).toEqual(['uncertain', 'uncertain', 'uncertain'])
  })

  test('is not declared dead before its leases have ended', async () => {
    await queue(3)
    await expect(createDispatchStep(world.dispatch({ smtp: dying(provider, 'after') }))()).rejects.toThrow('killed')
    world.clock.advance(4_000)
    await createDispatchStep(world.dispatch({ smtp: provider, owner: 'process-2' }))()
    expect((await list()).map(({ state }) => state)).toEqual(['attempting', 'attempting', 'attempting'])
  })
})
