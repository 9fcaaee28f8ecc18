import { describe, expect, test } from 'vitest'
import { departures } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { connectPush } from '../../src/testing/push/push-client.ts'
import { type PushWorld, startPushWorld } from '../../src/testing/push/push-world.ts'

const seed = departures(50)

async function figure(world: PushWorld, name: string): Promise<number> {
  const metrics = await world.metrics.metrics()
  const line = metrics.split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

async function waiting(world: PushWorld): Promise<unknown> {
  return (await world.push.health()).handshakes
}

/** Every status with which the gateway refused, none when all were let in. */
async function refusals(world: PushWorld): Promise<readonly string[]> {
  const metrics = await world.metrics.metrics()
  return metrics.split('\n').filter((line) => line.startsWith('flightline_push_refused_total{'))
}

describe('a storm of reconnects', () => {
  test('2,000 clients of a gateway that restarted are let in at its pace, none is refused, all get the present', async () => {
    const first = await startPushWorld({ seed })
    const flightOf = (at: number) => seed[at % seed.length]?.id ?? ''
    const clients = Array.from({ length: 2_000 }, (_, at) => flightOf(at))
    await Promise.all(clients.map((id) => first.follow({ op: 'follow', flights: { [id]: 0 } })))
    await first[Symbol.asyncDispose]()

    // So slow that clients of a busy machine have to wait, too.
    const limits = { acceptsPerSecond: 300, acceptsAtOnce: 10 }
    await using second = await startPushWorld({ shared: first, limits })
    for (const { id } of seed) await second.edit(id, { gate: 'Z1' })
    const startedAt = performance.now()
    let mostWaiting = 0
    const watch = setInterval(async () => {
      mostWaiting = Math.max(mostWaiting, Number(await waiting(second)))
    }, 5)
    const back = await Promise.all(
      clients.map(async (id) => {
        const client = await second.follow({ op: 'follow', flights: { [id]: 1 } })
        return client.all('snapshot')[0]
      }),
    )
    clearInterval(watch)
    expect(performance.now() - startedAt).toBeLessThan(30_000)
    expect(await refusals(second)).toEqual([])
    expect(mostWaiting).toBeGreaterThan(100)
    expect(back.map((snapshot) => snapshot?.departures[0]?.id)).toEqual(clients)
    expect(new Set(back.map((snapshot) => snapshot?.departures[0]?.gate))).toEqual(new Set(['Z1']))
    expect(new Set(back.map((snapshot) => snapshot?.recovered))).toEqual(new Set([true]))
  })

  test('what is past the bound is told with 503 when to come back', async () => {
    const limits = { acceptsAtOnce: 1, acceptsPerSecond: 1, waitingHandshakes: 2, handshakePatience: 60_000 }
    await using world = await startPushWorld({ limits })
    await world.connect()
    const held = [world.connect(), world.connect()].map((attempt) => attempt.catch(() => undefined))
    await eventually(async () => (await waiting(world)) === 2)
    await expect(connectPush(world.url)).rejects.toThrow(/^503 {"code":"FL_SERVER_BUSY".*"seconds":\d+/)
    expect(await figure(world, 'flightline_push_refused_total{code="FL_SERVER_BUSY"}')).toBe(1)
    await world.push.close()
    await Promise.all(held)
  })

  test('nobody new is let in without memory, and who is there is served', async () => {
    const limits = { memoryShare: 0 }
    await using world = await startPushWorld({ limits })
    await expect(connectPush(world.url)).rejects.toThrow('503 {"code":"FL_SERVER_BUSY"')
    expect(await world.push.health()).toMatchObject({ status: 'ok', sockets: 0 })
  })

  test('those who wait when the gateway closes are told so', async () => {
    await using world = await startPushWorld({ limits: { acceptsAtOnce: 1, acceptsPerSecond: 1 } })
    await world.connect()
    const late = connectPush(world.url)
    const refused = expect(late).rejects.toThrow(/^503 {"code":"FL_SHUTTING_DOWN".*"seconds":\d+/)
    await eventually(async () => (await waiting(world)) === 1)
    await world.push.close()
    await refused
  })
})
