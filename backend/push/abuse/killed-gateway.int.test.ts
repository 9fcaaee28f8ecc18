import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { ServerFrame } from '../../../src/shared/api/push-frames.ts'
import { createRandom } from '../../../src/testing/chain/random.ts'
import { departures } from '../../../src/testing/fixtures/departure.ts'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { type GatewayWorld, openGatewayWorld } from '../../../src/testing/push/gateway-world.ts'
import { openReturningClient, type ReturningClient } from '../../../src/testing/push/returning-client.ts'
import { freshGate, startChanging } from '../../../src/testing/push/start-changing.ts'

const MINUTE = 60_000
// A crowded machine may take long to read the log; who waits for it is to recover all the same.
const limits = { catchUp: 30_000 }
const ids = departures(8).map(({ id }) => id)

/** Waits until all show the present of what they follow, then lets them go and says what broke on the way. */
async function settle(world: GatewayWorld, clients: readonly ReturningClient[]): Promise<readonly string[]> {
  const isPresent = ({ screen }: ReturningClient) =>
    [...screen.departures].every(([id, { revision }]) => world.present().get(id) === revision)
  const isKnown = ({ screen, answers }: ReturningClient) => answers.length > 0 && screen.departures.size > 0
  await eventually(() => clients.every((client) => isKnown(client) && isPresent(client)), MINUTE).catch(() => undefined)
  for (const client of clients) client.close()
  return clients.flatMap((client, at) => {
    const stale = isKnown(client) && isPresent(client) ? [] : ['does not show the present']
    return [...client.problems, ...stale].map((problem) => `client ${at}: ${problem}`)
  })
}

describe('a gateway that is killed between its write and the reading', () => {
  test(
    'leaves no gap, sends no older revision and no change twice to those who come back at once',
    async () => {
      await using world = await openGatewayWorld(departures(8), limits)
      const random = createRandom(24)
      const clients = Array.from({ length: 30 }, (_, at) => {
        const followed = at % 3 === 0 ? {} : { followed: new Set([ids[at % 8] ?? '', ids[(at + 3) % 8] ?? '']) }
        return openReturningClient({ url: world.url, published: world.latest, ...followed })
      })
      for (let round = 0; round < 8; round += 1) {
        await eventually(() => clients.every(({ answers }) => answers.length > round), MINUTE)
        // Every other one has not read what was written to it when the gateway dies.
        for (const [at, client] of clients.entries()) client.setReading(at % 2 === round % 2)
        await using changing = startChanging(world, ids)
        await sleep(random.whole(5, 150))
        const replacing = world.replace('SIGKILL')
        for (const client of clients) client.setReading(true)
        await replacing
        await changing.stop()
      }
      await eventually(() => clients.every(({ answers }) => answers.length > 8), MINUTE)
      const problems = await settle(world, clients)
      expect(problems).toEqual([])
      // Whoever had a position, or revisions, has recovered each time.
      const later = clients.flatMap(({ answers }) => answers.slice(1))
      expect(later.filter((isRecovered) => !isRecovered)).toEqual([])
      expect(clients.flatMap(({ frames }) => frames).length).toBeGreaterThan(200)
    },
    4 * MINUTE,
  )
})

describe('a subscription without any event', () => {
  test.each([
    ['to one flight', { followed: new Set([ids[0] ?? '']) }],
    ['to everything', {}],
  ])(
    '%s outlives a gateway, recovers at its empty position, and gets the first event',
    async (_name, followed) => {
      await using world = await openGatewayWorld(departures(8), limits)
      const client = openReturningClient({ url: world.url, published: world.latest, ...followed })
      await eventually(() => client.answers.length === 1, MINUTE)
      const empty = client.screen.position()
      await world.replace('SIGKILL')
      await eventually(() => client.answers.length === 2, MINUTE)
      expect(client.answers[1]).toBe(true)
      expect([client.screen.position(), client.frames]).toEqual([empty, []])
      await world.edit(ids[0] ?? '', { gate: 'C1' })
      await eventually(() => client.frames.length === 1, MINUTE)
      expect(client.frames).toEqual([`${ids[0]}:2`])
      expect(await settle(world, [client])).toEqual([])
    },
    2 * MINUTE,
  )
})

const some = new Set(ids.slice(0, 3))
const atDeparture = ({ op }: ServerFrame) => op === 'departure'

/** Leaves at greetings, answers and changes alike. */
function eachSeventh(): () => boolean {
  let seen = 0
  return () => {
    seen += 1
    return seen % 7 === 0
  }
}

describe('a client that reconnects from inside its message handler', () => {
  test(
    'gets each change once and misses none, whichever frame it leaves at',
    async () => {
      await using world = await openGatewayWorld(departures(8), limits)
      const clients = [
        openReturningClient({ url: world.url, published: world.latest, leaves: eachSeventh() }),
        openReturningClient({ url: world.url, published: world.latest, leaves: eachSeventh(), followed: some }),
        openReturningClient({ url: world.url, published: world.latest, leaves: atDeparture }),
        openReturningClient({ url: world.url, published: world.latest, leaves: atDeparture, followed: some }),
      ]
      await eventually(() => clients.every(({ answers }) => answers.length > 0), MINUTE)
      for (let serial = 0; serial < 60; serial += 1) {
        const id = ids[serial % some.size] ?? ''
        await world.edit(id, { gate: freshGate() })
        const revision = world.present().get(id)
        // Now and then more changes come while they are on their way back.
        if (serial % 3 > 0) continue
        await eventually(() => clients.every(({ screen }) => screen.departures.get(id)?.revision === revision), MINUTE)
      }
      for (let serial = 0; serial < 60; serial += 1)
        await world.edit(ids[serial % ids.length] ?? '', { gate: freshGate() })
      expect(await settle(world, clients)).toEqual([])
      expect(Math.min(...clients.map(({ answers }) => answers.length))).toBeGreaterThan(5)
      const later = clients.flatMap(({ answers }) => answers.slice(1))
      expect(later.filter((isRecovered) => !isRecovered)).toEqual([])
    },
    2 * MINUTE,
  )
})
