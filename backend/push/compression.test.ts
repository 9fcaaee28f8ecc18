import { constants, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { departures } from '../../src/testing/fixtures/departure.ts'
import { connectPush } from '../../src/testing/push/push-client.ts'
import { startPushWorld } from '../../src/testing/push/push-world.ts'

const seed = departures(50)
const settings = { compression: 'snapshots' as const }

describe('compression', () => {
  test('is agreed to only where the setting says so', async () => {
    await using world = await startPushWorld({ seed })
    const { socket } = await world.connect()
    expect(socket.extensions).toBe('')
  })

  test('of snapshots gives a client the same in fewer bytes, also on a second socket and beside plain ones', async () => {
    await using world = await startPushWorld({ seed, settings })
    const clients = [await world.follow({ op: 'follow', all: true }), await world.follow({ op: 'follow', all: true })]
    const plain = new WebSocket(world.url, { perMessageDeflate: false })
    const text = await new Promise<string>((resolve) => {
      plain.on('open', () => plain.send('{"op":"follow","all":true}'))
      plain.on('message', (data) => String(data).includes('"snapshot"') && resolve(String(data)))
    })
    plain.terminate()
    for (const { socket, texts } of clients) {
      expect(socket.extensions).toContain('permessage-deflate')
      expect(texts.at(-1)).toBe(text)
    }
    expect(JSON.parse(text).departures).toHaveLength(50)
  })

  test('holds for a client that remembers little', async () => {
    await using world = await startPushWorld({ seed: departures(300), settings })
    const small = new WebSocket(world.url, { perMessageDeflate: { serverMaxWindowBits: 12 } })
    let agreed: unknown
    small.on('upgrade', ({ headers }) => {
      agreed = headers['sec-websocket-extensions']
    })
    const text = await new Promise<string>((resolve, reject) => {
      small.on('error', reject)
      small.on('open', () => small.send('{"op":"follow","all":true}'))
      small.on('message', (data) => String(data).includes('"snapshot"') && resolve(String(data)))
    })
    expect(agreed).toContain('server_max_window_bits=12')
    expect(JSON.parse(text).departures).toHaveLength(300)
    small.terminate()
  })

  test('leaves changes as they are, in order after the snapshot', async () => {
    await using world = await startPushWorld({ seed, settings })
    const id = seed[0]?.id ?? ''
    const client = await world.follow({ op: 'follow', flights: { [id]: 0 } })
    for (const gate of ['C1', 'C2', 'C3']) await world.edit(id, { gate })
    const { departure } = await client.waitFor('departure', 3)
    expect(departure.gate).toBe('C3')
  })

  test('a message that is small only as long as it is compressed is too large', async () => {
    await using world = await startPushWorld({ seed, settings })
    const client = await connectPush(world.url)
    const bomb = deflateRawSync(Buffer.alloc(10 * 1024 * 1024, ' '), { finishFlush: constants.Z_SYNC_FLUSH })
    expect(bomb.length).toBeLessThan(16 * 1024)
    client.socket.send(' '.repeat(10 * 1024 * 1024), { compress: true })
    expect((await client.ended).code).toBe(1009)
  })
})
