import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { departures } from '../../../src/testing/fixtures/departure.ts'
import { eventually } from '../../../src/testing/fixtures/eventually.ts'
import { type GatewayWorld, openGatewayWorld } from '../../../src/testing/push/gateway-world.ts'
import { clientFrame, openRaw, type RawClient } from '../../../src/testing/push/raw-client.ts'
import { openReturningClient } from '../../../src/testing/push/returning-client.ts'
import { startChanging } from '../../../src/testing/push/start-changing.ts'

const PATIENCE = 30_000
const MEGABYTE = 1024 * 1024
const ATTACKERS = 5
const [FLIGHT = ''] = departures(1).map(({ id }) => id)

const [CONTINUATION, TEXT, PING, LAST, COMPRESSED] = [0x00, 0x01, 0x09, 0x80, 0x40]
const text = (content: string) => clientFrame(LAST | TEXT, content)
const times = (count: number, frame: Buffer) => Buffer.concat(Array.from({ length: count }, () => frame))
const fragments = times(200_000, clientFrame(CONTINUATION, ''))
const unmasked = Buffer.concat([Buffer.from([LAST | TEXT, 2]), Buffer.from('{}')])

/** What an attacker writes after its handshake, and the code with which it is closed. */
const attacks: readonly (readonly [name: string, bytes: Buffer, code: number])[] = [
  ['a frame of 10 MB', text('x'.repeat(10_000_000)), 1009],
  ['a message of 10 MB in a thousand fragments', inFragments(1_000, 10_000), 1009],
  ['200,000 empty fragments', Buffer.concat([clientFrame(TEXT, ''), fragments]), 1008],
  ['a compression bomb', clientFrame(LAST | COMPRESSED | TEXT, deflateRawSync(Buffer.alloc(10_000_000))), 1002],
  ['1,000 messages at once', times(1_000, text('{"op":"unfollow","all":true}')), 1008],
  ['JSON 8,000 deep, again and again', times(5, text('['.repeat(8_000) + ']'.repeat(8_000))), 1008],
  ['a prototype, again and again', times(5, text('{"__proto__":{"op":"follow","all":true}}')), 1008],
  ['text that is no UTF-8', clientFrame(LAST | TEXT, Buffer.from([0x22, 0xc3, 0x28, 0x22])), 1007],
  ['a frame without a mask', unmasked, 1002],
  ['a ping of 126 bytes', clientFrame(LAST | PING, Buffer.alloc(126)), 1002],
  ['a ping in fragments', clientFrame(PING, 'x'), 1002],
  ['an opcode that there is not', clientFrame(LAST | 0x03, 'x'), 1002],
]

function inFragments(count: number, length: number): Buffer {
  const fragment = Buffer.alloc(length, 'x')
  return Buffer.concat([clientFrame(TEXT, fragment), times(count - 1, clientFrame(CONTINUATION, fragment))])
}

/** Lets all of them attack at once. @returns the codes with which they were closed */
async function attack(world: GatewayWorld, bytes: Buffer): Promise<readonly (number | undefined)[]> {
  const { port } = new URL(world.url)
  const headers = ['Sec-WebSocket-Extensions: permessage-deflate']
  const attackers: readonly RawClient[] = Array.from({ length: ATTACKERS }, () => openRaw(Number(port), { headers }))
  for (const { socket } of attackers) socket.write(bytes)
  await eventually(() => attackers.every((client) => client.received().closeCode !== undefined), PATIENCE)
  for (const { received } of attackers) expect(received().head).not.toMatch(/sec-websocket-extensions/i)
  for (const { socket } of attackers) socket.destroy()
  return attackers.map((client) => client.received().closeCode)
}

test.each(attacks)(
  '%s: closed with the code for it, costs no memory, and others are served',
  async (_name, bytes, code) => {
    await using world = await openGatewayWorld(departures(1))
    const follower = openReturningClient({ url: world.url, published: world.latest, followed: new Set([FLIGHT]) })
    await eventually(() => follower.answers.length === 1, PATIENCE)
    await using changing = startChanging(world, [FLIGHT])
    await eventually(() => follower.frames.length > 20, PATIENCE)
    const before = await world.gateway().look()

    const codes = await attack(world, bytes)
    expect(new Set(codes)).toEqual(new Set([code]))
    const during = follower.frames.length
    await eventually(() => follower.frames.length > during + 20, PATIENCE)
    await eventually(async () => (await world.gateway().look()).sockets === 1, PATIENCE)
    const after = await world.gateway().look()
    expect(after.rss - before.rss).toBeLessThan(50 * MEGABYTE)

    await changing.stop()
    const revision = world.present().get(FLIGHT) ?? 0
    await eventually(() => follower.frames.at(-1) === `${FLIGHT}:${revision}`, PATIENCE)
    // On the socket that it opened before the attack; of changes that came together it has the newest.
    expect(new Set(follower.frames).size).toBe(follower.frames.length)
    expect([follower.answers.length, follower.problems]).toEqual([1, []])
    follower.close()
  },
)

test.each([
  ['broke the protocol', unmasked, 1002],
  ['sent nonsense', times(5, text('nonsense')), 1008],
])('who %s and goes on sending after the close frame is cut off', async (_name, bytes, code) => {
  await using world = await openGatewayWorld(departures(1), { closing: 200 })
  const { socket, received } = openRaw(Number(new URL(world.url).port), { isStubborn: true })
  socket.write(bytes)
  await eventually(() => received().closeCode === code, PATIENCE)
  const sending = setInterval(() => socket.write(text('more')), 10)
  // Long before the half minute that the library would give it.
  await eventually(() => socket.destroyed, 15_000).finally(() => clearInterval(sending))
  socket.destroy()
})
