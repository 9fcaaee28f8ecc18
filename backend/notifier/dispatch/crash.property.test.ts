import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import type { EmailChannel } from '../../../src/shared/ports/email-channel.ts'
import { notice } from '../../../src/testing/fixtures/notices.ts'
import { bookings } from '../../../src/testing/fixtures/passengers.ts'
import { type NotifierWorld, openNotifierWorld } from '../../../src/testing/notifier/notifier-world.ts'
import { dyingChannel, scriptedChannel } from '../../../src/testing/notifier/scripted-channel.ts'
import { fanOutNotice } from '../fan-out/fan-out-notice.ts'
import { messageIdOf } from '../messages/message-id.ts'
import { createDispatchStep } from './dispatch-step.ts'

const PEOPLE = 23
type Death = 'before' | 'after' | 'never'

interface Ending {
  readonly deliveries: readonly Delivery[]
  /** Message-IDs in the order in which the provider took them. */
  readonly taken: readonly string[]
}

async function queue(world: NotifierWorld, critical: boolean): Promise<void> {
  const given = notice({ critical })
  await world.stores.bookings.putAll(bookings(PEOPLE))
  await world.stores.notices.put(given, 1)
  await fanOutNotice(world.context(), { notice: given, sequence: 1 })
}

/** One process after the other sends a little and dies; the last one lives and finishes. */
async function live(world: NotifierWorld, deaths: readonly Death[], dress: (channel: Death) => object): Promise<void> {
  for (const death of deaths) {
    world.clock.advance(6_000)
    await createDispatchStep(world.dispatch(dress(death)))().catch(() => undefined)
  }
  for (let round = 0; round < 8; round += 1) {
    world.clock.advance(10 * 60_000)
    const step = createDispatchStep(world.dispatch({ owner: 'last', stores: world.otherStores, ...dress('never') }))
    while (await step());
  }
}

const die = (channel: EmailChannel, death: Death) => (death === 'never' ? channel : dyingChannel(channel, death))

async function overMailServer(deaths: readonly Death[], critical: boolean): Promise<Ending> {
  await using world = await openNotifierWorld()
  const provider = scriptedChannel()
  await queue(world, critical)
  await live(world, deaths, (death) => ({ smtp: die(provider, death) }))
  return {
    deliveries: await world.stores.deliveries.listByDeparture(notice().departureId),
    taken: provider.taken.map(({ id }) => id),
  }
}

async function overMailbox(deaths: readonly Death[], critical: boolean): Promise<Ending> {
  await using world = await openNotifierWorld()
  const { mailbox } = world.dispatch()
  await queue(world, critical)
  await live(world, deaths, (death) => ({ mailbox: die(mailbox, death) }))
  return {
    deliveries: await world.stores.deliveries.listByDeparture(notice().departureId),
    taken: (await world.mails()).map(({ id }) => id),
  }
}

const deaths = fc.array(fc.constantFrom<Death>('before', 'after', 'never'), { maxLength: 8 })
const acceptances = ({ taken }: Ending, { id }: Delivery) => taken.filter((other) => other === messageIdOf(id)).length

test('a mail server and senders killed at any point: nobody is mailed twice unless recorded uncertain', async () => {
  await fc.assert(
    fc.asyncProperty(deaths, fc.boolean(), async (given, critical) => {
      const ending = await overMailServer(given, critical)
      expect(ending.deliveries).toHaveLength(PEOPLE)
      for (const delivery of ending.deliveries) {
        expect(['sent', 'uncertain', 'failed']).toContain(delivery.state)
        const most = critical && delivery.wasUncertain ? Number.POSITIVE_INFINITY : 1
        expect(acceptances(ending, delivery)).toBeLessThanOrEqual(most)
        if (delivery.state === 'sent') expect(acceptances(ending, delivery)).toBeGreaterThanOrEqual(1)
        else expect(delivery.reason).toBeTruthy()
      }
      const uncertain = ending.deliveries.filter(({ wasUncertain }) => wasUncertain).length
      expect(uncertain).toBeLessThanOrEqual(10 * given.filter((death) => death !== 'never').length)
    }),
    { numRuns: 20 },
  )
}, 60_000)

test('the mailbox and senders killed at any point: everybody has exactly one, and nothing is uncertain', async () => {
  await fc.assert(
    fc.asyncProperty(deaths, fc.boolean(), async (given, critical) => {
      const ending = await overMailbox(given, critical)
      expect(ending.taken).toHaveLength(PEOPLE)
      for (const delivery of ending.deliveries) {
        expect([delivery.state, delivery.wasUncertain, acceptances(ending, delivery)]).toEqual(['sent', undefined, 1])
      }
    }),
    { numRuns: 20 },
  )
}, 60_000)
