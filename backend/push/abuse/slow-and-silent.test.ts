import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { type PushWorld, startPushWorld } from '../../../src/testing/push/push-world.ts'
import { clientFrame, openRaw } from '../../../src/testing/push/raw-client.ts'

const PATIENCE = 30_000
const ID = 'B6739-2026-11-20-JFK'
const everything = { op: 'follow', all: true }

async function figure(world: PushWorld, name: string): Promise<number> {
  const metrics = await world.metrics.metrics()
  const line = metrics.split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

const closed = (world: PushWorld, reason: string) => figure(world, `flightline_push_closed_total{reason="${reason}"}`)

describe('handshakes of one address', () => {
  test('past its bound in a second are turned away with 429, while another address is let in', async () => {
    await using world = await startPushWorld({ limits: { handshakesPerSecond: 5 } })
    const results = await Promise.allSettled(Array.from({ length: 200 }, () => world.connect()))
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))
    // A crowded machine may take seconds for them, each with its five.
    expect(refused.length).toBeGreaterThan(0)
    for (const reason of refused) expect(reason).toMatch(/429 {"code":"FL_RATE_LIMITED".*"seconds":[1-5]/)
    await (await world.connect({ from: '127.0.0.2' })).waitFor('hello')
  })
})

describe('a socket that says nothing', () => {
  test('is closed after its time, counted, and pings do not stand for words', async () => {
    await using world = await startPushWorld({ limits: { firstFrame: 1_000, sweep: 10 } })
    const silent = await world.connect()
    const pings = setInterval(() => silent.socket.ping(), 20)
    const ending = await silent.ended
    clearInterval(pings)
    expect(ending).toEqual({ code: 1008, reason: 'silent' })
    await eventually(async () => (await closed(world, 'silent')) === 1)
    expect(await closed(world, 'client')).toBe(0)
  })

  test.each([
    ['followed something', everything],
    ['follows nothing and says so', { op: 'unfollow', flights: [] }],
  ])('is not one that %s', async (_name, frame) => {
    await using world = await startPushWorld({ limits: { firstFrame: 1_000, sweep: 10 } })
    const client = await world.connect()
    client.send(frame)
    await sleep(1_500)
    expect(client.socket.readyState).toBe(client.socket.OPEN)
    expect(client.all('error')).toEqual([])
  })

  test('that ended by itself is not counted as silent', async () => {
    await using world = await startPushWorld({ limits: { firstFrame: 500, sweep: 10 } })
    ;(await world.connect()).socket.close()
    await eventually(async () => (await closed(world, 'client')) === 1)
    await sleep(1_000)
    expect(await closed(world, 'silent')).toBe(0)
  })
})

describe('a crowd of sockets that say nothing, answer nothing and read nothing', () => {
  test('is closed with 1008 and ended, while others are let in and served', async () => {
    const limits = { firstFrame: 1_000, heartbeat: 200, deadAfter: 2_000, sweep: 20 }
    await using world = await startPushWorld({ limits })
    const follower = await world.follow(everything)
    const crowd = Array.from({ length: 1_000 }, () => openRaw(world.port))
    await eventually(() => crowd.every(({ received }) => received().frames.length === 1), PATIENCE)
    await (await world.follow(everything)).waitFor('snapshot')
    await eventually(() => crowd.every(({ socket }) => socket.destroyed), PATIENCE)
    expect(new Set(crowd.map(({ received }) => received().closeCode))).toEqual(new Set([1008]))
    await eventually(async () => (await closed(world, 'silent')) === 1_000, PATIENCE)
    await world.edit(ID, { gate: 'C1' })
    await follower.waitFor('departure')
    expect(follower.socket.readyState).toBe(follower.socket.OPEN)
  })
})

describe('signs of life', () => {
  const limits = { sweep: 10, heartbeat: 100, deadAfter: 2_000 }

  test('a socket is pinged, and one that answers stays', async () => {
    await using world = await startPushWorld({ limits })
    const client = await world.follow(everything)
    let pings = 0
    client.socket.on('ping', () => {
      pings += 1
    })
    // For longer than a silent one may live.
    await eventually(() => pings > 30, PATIENCE)
    expect(client.socket.readyState).toBe(client.socket.OPEN)
  })

  test('a socket without any is ended, without a word for nobody to hear', async () => {
    await using world = await startPushWorld({ limits })
    const { socket, received } = openRaw(world.port)
    await eventually(() => socket.destroyed, PATIENCE)
    expect(received().closeCode).toBeUndefined()
    expect(await closed(world, 'dead')).toBe(1)
  })
})

describe('a handshake that waits for its turn', () => {
  test('takes none when its client has left', async () => {
    await using world = await startPushWorld({ limits: { acceptsAtOnce: 1, acceptsPerSecond: 1 } })
    await world.connect()
    const gone = Array.from({ length: 200 }, () => openRaw(world.port))
    await eventually(async () => Number((await world.push.health()).handshakes) > 150, PATIENCE)
    // A page that is left says goodbye to its connection like this.
    for (const { socket } of gone) socket.end()
    // Behind 200 turns it would wait for longer than anybody may, and be refused.
    await (await world.connect()).waitFor('hello')
    await eventually(() => gone.every(({ socket }) => socket.destroyed), PATIENCE)
    expect(await world.metrics.metrics()).not.toContain('flightline_push_refused_total{')
  })

  test('keeps what its client sent too early', async () => {
    await using world = await startPushWorld({ limits: { acceptsAtOnce: 1, acceptsPerSecond: 20 } })
    await world.connect()
    const early = Array.from({ length: 10 }, () => openRaw(world.port))
    await eventually(async () => Number((await world.push.health()).handshakes) > 0, PATIENCE)
    for (const { socket } of early) socket.write(clientFrame(0x81, JSON.stringify(everything)))
    await eventually(() => early.every(({ received }) => received().frames.at(-1)?.op === 'snapshot'), PATIENCE)
    for (const { socket } of early) socket.destroy()
  })
})
