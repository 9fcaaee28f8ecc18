import { connect as connectRaw } from 'node:net'
import { describe, expect, test } from 'vitest'
import { departures } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { connectPush, type PushClient } from '../../src/testing/push/push-client.ts'
import { type PushWorld, startPushWorld } from '../../src/testing/push/push-world.ts'
import { handshake, openRaw } from '../../src/testing/push/raw-client.ts'

const ID = 'B6739-2026-11-20-JFK'
const everything = { op: 'follow', all: true }

/** Publishes a change and waits until this client has it: the gateway still serves. */
async function expectServed(world: PushWorld, client: PushClient, gate: string): Promise<void> {
  const before = client.all('departure').length
  await world.edit(ID, { gate })
  await client.waitFor('departure', before + 1)
}

function count(metrics: string, name: string): number {
  const line = metrics.split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

describe('handshakes that are none', () => {
  test('a request that is no WebSocket handshake is refused and harms nobody', async () => {
    await using world = await startPushWorld()
    const client = await world.follow(everything)
    for (const request of [
      'Upgrade: websocket\r\n',
      'Upgrade: h2c\r\n',
      'Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n',
    ]) {
      const socket = connectRaw(world.port, '127.0.0.1')
      const parts: string[] = []
      socket.on('data', (part) => parts.push(String(part)))
      socket.write(`GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n${request}\r\n`)
      await eventually(() => socket.destroyed || parts.length > 0)
      expect(parts.join('')).toMatch(/^HTTP\/1\.1 400 /)
      socket.destroy()
    }
    await expectServed(world, client, 'C1')
  })

  test('a client that vanishes during the handshake harms nobody', async () => {
    await using world = await startPushWorld()
    const client = await world.follow(everything)
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const socket = connectRaw(world.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(handshake())
      setImmediate(() => socket.resetAndDestroy())
    }
    await expectServed(world, client, 'C1')
    await eventually(() => world.push.health() instanceof Promise || sockets(world) === 1)
  })
})

function sockets(world: PushWorld): unknown {
  const health = world.push.health()
  return 'sockets' in health ? health.sockets : undefined
}

describe('frames that are not understood', () => {
  test.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['null', 'null'],
    ['an unknown op', '{"op":"fly"}'],
    ['no op', '{}'],
    ['a revision that is none', `{"op":"follow","flights":{"${ID}":"1"}}`],
    ['a negative revision', `{"op":"follow","flights":{"${ID}":-1}}`],
    ['flights as a list', `{"op":"follow","flights":["${ID}"]}`],
    ['all that is not true', '{"op":"follow","all":false}'],
    ['a position without end', `{"op":"follow","all":true,"since":"${'x'.repeat(3000)}"}`],
    ['an id without end', `{"op":"follow","flights":{"${'x'.repeat(3000)}":0}}`],
    ['deep JSON', '['.repeat(8000) + ']'.repeat(8000)],
    ['a prototype', '{"__proto__":{"op":"follow","all":true}}'],
  ])('%s is answered with an error and the socket stays', async (_name, text) => {
    await using world = await startPushWorld()
    const client = await world.connect()
    client.send(text)
    const error = await client.waitFor('error')
    expect(error).toEqual({ op: 'error', code: 'FL_FRAME_INVALID', message: expect.any(String) })
    client.send(everything)
    await client.waitFor('snapshot')
  })

  test('binary frames are not understood either', async () => {
    await using world = await startPushWorld()
    const client = await world.connect()
    client.socket.send(Buffer.from(JSON.stringify(everything)), { binary: true })
    expect((await client.waitFor('error')).code).toBe('FL_FRAME_INVALID')
  })

  test('five of them end the socket with 1008', async () => {
    await using world = await startPushWorld()
    const client = await world.connect()
    for (let attempt = 0; attempt < 7; attempt += 1) client.send('nonsense')
    expect(await client.ended).toEqual({ code: 1008, reason: 'invalid' })
    expect(client.all('error')).toHaveLength(5)
    await eventually(async () => {
      return count(await world.metrics.metrics(), 'flightline_push_closed_total{reason="invalid"}') === 1
    })
  })
})

describe('more than one socket may have', () => {
  test('a frame over 16 KiB ends the socket with 1009, one just below does not', async () => {
    await using world = await startPushWorld()
    const other = await world.follow(everything)
    const client = await world.connect()
    client.send(JSON.stringify(everything).padEnd(16 * 1024))
    await client.waitFor('snapshot')
    client.send(JSON.stringify(everything).padEnd(16 * 1024 + 1))
    expect((await client.ended).code).toBe(1009)
    await eventually(async () => {
      return count(await world.metrics.metrics(), 'flightline_push_closed_total{reason="too-large"}') === 1
    })
    await expectServed(world, other, 'C1')
  })

  test('frames that come again in time are not a flood', async () => {
    await using world = await startPushWorld({ limits: { frameBurst: 2, framesPerSecond: 200 } })
    const client = await world.connect()
    for (let serial = 1; serial <= 10; serial += 1) {
      client.send(everything)
      await client.waitFor('snapshot', serial)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    expect(client.all('error')).toEqual([])
  })

  test('a flood of pings is answered as far as it is due', async () => {
    await using world = await startPushWorld({ limits: { frameBurst: 20, framesPerSecond: 1 } })
    const client = await world.connect()
    let pongs = 0
    client.socket.on('pong', () => {
      pongs += 1
    })
    for (let serial = 0; serial < 500; serial += 1) client.socket.ping('x')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(pongs).toBe(20)
  })

  test('one socket follows 500 flights at most', async () => {
    await using world = await startPushWorld({ seed: departures(600) })
    const ids = departures(600).map(({ id }) => id)
    const client = await world.connect()
    const follow = (chosen: readonly string[]) => {
      client.send({ op: 'follow', flights: Object.fromEntries(chosen.map((id) => [id, 1])) })
    }
    follow(ids.slice(0, 300))
    follow(ids.slice(200, 500))
    await client.waitFor('snapshot', 2)
    follow(ids.slice(500, 501))
    expect((await client.waitFor('error')).code).toBe('FL_FOLLOW_LIMIT')
    follow(ids.slice(0, 10))
    await client.waitFor('snapshot', 3)
    expect(world.push.health()).toMatchObject({ flights: 500 })
    client.socket.close()
    await eventually(() => sockets(world) === 0)
    expect(world.push.health()).toMatchObject({ flights: 0 })
  })
})

describe('storms', () => {
  test('500 clients at once all get the present', async () => {
    await using world = await startPushWorld({ seed: departures(200) })
    const clients = await Promise.all(Array.from({ length: 500 }, () => world.follow(everything)))
    await world.edit(departures(1)[0]?.id ?? ID, { gate: 'C1' })
    await Promise.all(clients.map((client) => client.waitFor('departure')))
    expect(new Set(clients.map((client) => client.texts.slice(1).join('\n'))).size).toBe(1)
  })
})

describe('the end of the gateway', () => {
  test('every client is told 1001, and who comes then is refused', async () => {
    await using world = await startPushWorld()
    const clients = await Promise.all(Array.from({ length: 20 }, () => world.follow(everything)))
    const closing = world.push.close()
    await expect(connectPush(world.url)).rejects.toThrow('503 {"code":"FL_SHUTTING_DOWN"')
    await closing
    const endings = await Promise.all(clients.map(({ ended }) => ended))
    expect(new Set(endings.map(({ code }) => code))).toEqual(new Set([1001]))
    expect(world.push.health()).toMatchObject({ sockets: 0 })
  })

  test('one that does not answer is not waited for', async () => {
    await using world = await startPushWorld({ limits: { closing: 50 } })
    const client = openRaw(world.port)
    await eventually(() => client.received().frames.length === 1)
    await world.push.close()
    await eventually(() => client.socket.destroyed)
    expect(client.received().closeCode).toBe(1001)
  })
})
