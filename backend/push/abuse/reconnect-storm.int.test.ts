import { expect, test } from 'vitest'
import { departures } from '../../../src/testing/fixtures/departure.ts'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { startCrowdProcess } from '../../../src/testing/push/crowd-process.ts'
import { openGatewayWorld } from '../../../src/testing/push/gateway-world.ts'

const MINUTE = 60_000
const CLIENTS = 5_000
const EACH_FOLLOWING_ALL = 100
const flights = departures(50).map(({ id }) => id)

test.each([
  ['SIGTERM', 'that says goodbye', 1001],
  ['SIGKILL', 'that dies', 1006],
] as const)(
  '%s: 5,000 clients of a gateway %s are back with the present, recovered or told that they did not',
  async (signal, _how, code) => {
    await using world = await openGatewayWorld(departures(50))
    const parts = { url: world.url, count: CLIENTS, flights, eachFollowingAll: EACH_FOLLOWING_ALL }
    await using crowd = await startCrowdProcess(parts)
    await eventually(async () => (await crowd.look()).answered === CLIENTS, 2 * MINUTE)
    for (const id of flights) await world.edit(id, { gate: 'A1' })
    await eventually(async () => (await crowd.countStale(world.present())) === 0, MINUTE)
    const before = await crowd.look()

    await world.replace(signal, async () => {
      for (const id of flights) await world.edit(id, { gate: 'A2' })
    })
    for (const id of flights) await world.edit(id, { gate: 'A3' })
    await eventually(async () => (await crowd.look()).answered === CLIENTS, 2 * MINUTE)
    await eventually(async () => (await crowd.countStale(world.present())) === 0, MINUTE)

    const after = await crowd.look()
    expect(after.endings[code]).toBeGreaterThanOrEqual(CLIENTS)
    expect(after.stepsBack).toBe(0)
    const [recovered, told] = [after.recovered - before.recovered, after.told - before.told]
    expect(recovered + told).toBeGreaterThanOrEqual(CLIENTS)
    // Who follows a flight always recovers; who follows everything does, if the new gateway has read the log in time.
    expect(recovered).toBeGreaterThanOrEqual(CLIENTS - CLIENTS / EACH_FOLLOWING_ALL)
  },
  6 * MINUTE,
)
