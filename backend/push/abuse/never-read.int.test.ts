import { expect, test } from 'vitest'
import { departures } from '../../../src/testing/fixtures/departure.ts'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { startCrowdProcess } from '../../../src/testing/push/crowd-process.ts'
import { type GatewayWorld, openGatewayWorld } from '../../../src/testing/push/gateway-world.ts'

const MINUTE = 60_000
const MEGABYTE = 1024 * 1024
const CLIENTS = 5_000
const EACH_SLOW = 100
const SLOW = CLIENTS / EACH_SLOW

// What fills the buffers of a socket in a few hundred changes, each some 20 kB; nobody but the slow follows these.
const codeshares = Array.from({ length: 2500 }, (_, at) => `LH${1000 + at}`)
const [light, heavy] = [departures(26).slice(0, 20), departures(26, { codeshares }).slice(20)]
const idOf = (flights: typeof light, serial: number) => flights[serial % flights.length]?.id ?? ''

/** Changes flights until so many sockets are behind, and goes on for a while. @returns how many light ones changed */
async function changeUntilBehind(world: GatewayWorld, more: number): Promise<number> {
  let [left, changed] = [more, 0]
  for (let serial = 0; left > 0 && serial < 3_000; serial += 1) {
    await world.edit(idOf(heavy, serial), { gate: `H${serial}` })
    if (serial % 4 === 0) {
      await world.edit(idOf(light, serial / 4), { gate: `L${serial}` })
      changed += 1
    }
    if (left < more) left -= 1
    else if (serial % 10 === 0 && (await world.gateway().look()).lag === SLOW) left -= 1
  }
  expect(left).toBe(0)
  return changed
}

test(
  'of 5,000 clients 1 % never read: what waits is bounded, they are closed with 1013 and recover, the others get it all',
  async () => {
    await using world = await openGatewayWorld([...light, ...heavy], { stalledAfter: 5_000 })
    const flights = light.map(({ id }) => id)
    await using crowd = await startCrowdProcess({
      url: world.url,
      count: CLIENTS,
      flights,
      eachFollowingAll: EACH_SLOW,
    })
    await eventually(async () => (await crowd.look()).answered === CLIENTS, 2 * MINUTE)
    const come = await crowd.look()
    await crowd.setReading(false)
    const before = await world.gateway().look()

    const changed = await changeUntilBehind(world, 150)
    const during = await world.gateway().look()
    // However often they changed and for however many, each flight waits once.
    expect(during.queuedBytes).toBeLessThan(heavy.length * 25_000 + light.length * 2_000)
    expect(during.rss - before.rss).toBeLessThan(64 * MEGABYTE)
    const due = countDue(world, flights)
    await eventually(async () => (await crowd.look()).frames === due, MINUTE)
    expect(changed).toBeGreaterThan(50)

    await eventually(async () => (await world.gateway().look()).queuedBytes === 0, MINUTE)
    await crowd.setReading(true)
    await eventually(async () => (await crowd.look()).endings[1013] === SLOW, MINUTE)
    await eventually(async () => (await crowd.look()).answered === CLIENTS, MINUTE)
    await world.edit(idOf(heavy, 0), { gate: 'END' })
    await eventually(async () => (await crowd.countStale(world.present())) === 0, MINUTE)

    const after = await crowd.look()
    expect(after.endings).toEqual({ ...come.endings, 1013: SLOW })
    expect(after.stepsBack).toBe(0)
    expect([after.recovered - come.recovered, after.told - come.told]).toEqual([SLOW, 0])
    expect((await world.gateway().look()).metrics).toContain(`flightline_push_closed_total{reason="slow"} ${SLOW}`)
  },
  6 * MINUTE,
)

/** Departure frames due to those who follow one flight: one for each of its changes and followers. */
function countDue(world: GatewayWorld, flights: readonly string[]): number {
  const followed = Array.from({ length: CLIENTS }, (_, at) => at)
    .filter((at) => at % EACH_SLOW !== 0)
    .map((at) => flights[at % flights.length] ?? '')
  return followed.reduce((sum, id) => sum + (world.present().get(id) ?? 0) - 1, 0)
}
