import { connect as connectRaw, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { ServerFrame } from '../../src/shared/api/push-frames.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import { encodeBroadcastSent } from '../../src/shared/events/broadcast-sent.ts'
import { departures } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { broadcast } from '../../src/testing/fixtures/notices.ts'
import { type PushWorld, startPushWorld } from '../../src/testing/push/push-world.ts'
import { clientFrame, handshake, openRaw, type Received, takeApart } from '../../src/testing/push/raw-client.ts'
import { PIECE } from './link.ts'

// Frames of some 20 kB fill the buffers between two processes of one machine in a few hundred changes.
const codeshares = Array.from({ length: 2500 }, (_, at) => `LH${1000 + at}`)
const seed = departures(6, { codeshares })
const ids = seed.map(({ id }) => id)

/** A client that shakes hands, follows and then reads nothing until it is told to. */
async function openSilent(world: PushWorld, follow: object = { op: 'follow', all: true }): Promise<Socket> {
  const socket = connectRaw(world.port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(handshake())
  socket.write(clientFrame(0x81, JSON.stringify(follow)))
  await eventually(() => figure(world, 'followingAll') === 1 || figure(world, 'flights') === 1)
  return socket
}

function figure(world: PushWorld, name: string): unknown {
  return Object.entries(world.push.health()).find(([key]) => key === name)?.[1]
}

/** Reads all that a raw socket still gets until it ends. */
async function readToEnd(socket: Socket): Promise<Received> {
  const parts: Buffer[] = []
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('data', (part: Buffer) => {
    parts.push(part)
    if (takeApart(Buffer.concat(parts)).closeCode !== undefined) socket.destroy()
  })
  await ended
  return takeApart(Buffer.concat(parts))
}

/** Changes departures in turn until somebody is behind, and `more` times after that. */
async function changeUntilBehind(world: PushWorld, more: number, among = ids): Promise<void> {
  let left = more
  for (let edit = 1; left > 0 && edit < 5000; edit += 1) {
    await world.edit(among[edit % among.length] ?? '', { gate: `C${edit}` })
    if (figure(world, 'lag') === 1) left -= 1
    if (edit % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a client that never reads', () => {
  test('is closed with 1013 after a while; memory is bounded and the others are served', async () => {
    await using world = await startPushWorld({ seed, limits: { sweep: 20, stalledAfter: 300 } })
    const silent = await openSilent(world)
    const other = await world.follow({ op: 'follow', all: true })
    await changeUntilBehind(world, 200)
    // Whatever changes meanwhile, each departure waits once.
    expect(figure(world, 'queuedBytes')).toBeLessThan((ids.length + 1) * 25_000)
    const changed = [...world.board.all().values()].reduce((sum, { revision }) => sum + revision - 1, 0)
    await other.waitFor('departure', changed)
    await eventually(() => isClosing(world))
    expect(await counted(world, 'conflated')).toBeGreaterThan(0)
    const { closeCode } = await readToEnd(silent)
    expect(closeCode).toBe(1013)
    await eventually(() => figure(world, 'sockets') === 1)
    expect(figure(world, 'queuedBytes')).toBe(0)
    expect(await world.metrics.metrics()).toContain('flightline_push_closed_total{reason="slow"} 1')
  })

  test('is closed when more waits for it than may', async () => {
    await using world = await startPushWorld({ seed, limits: { sweep: 20, queueBytes: 60_000 } })
    const silent = await openSilent(world)
    await changeUntilBehind(world, 50)
    await eventually(() => isClosing(world))
    const { closeCode, frames } = await readToEnd(silent)
    expect(closeCode).toBe(1013)
    expect(frames[0]?.op).toBe('hello')
  })
})

describe('a follower of one flight that reads nothing', () => {
  test('is not closed for what waits for others', async () => {
    await using world = await startPushWorld({ seed, limits: { sweep: 20, queueBytes: 60_000 } })
    const [chosen = '', ...others] = ids
    const silent = await openSilent(world, { op: 'follow', flights: { [chosen]: 1 } })
    await world.follow({ op: 'follow', all: true })
    await changeUntilBehind(world, 1, [chosen])
    for (const id of others) await world.edit(id, { gate: 'D1' })
    // Several sweeps see that more is kept than may wait for one.
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(figure(world, 'queuedBytes')).toBeGreaterThan(60_000)
    expect([figure(world, 'sockets'), figure(world, 'lag')]).toEqual([2, 1])
    silent.destroy()
  })
})

/** Whether the gateway has given up what waited. */
function isClosing(world: PushWorld): boolean {
  return figure(world, 'queuedBytes') === 0
}

describe('a client that reads late', () => {
  test('misses intermediate revisions, never the latest, never a notice, and no revision steps back', async () => {
    await using world = await startPushWorld({ seed })
    const late = await openSilent(world)
    await changeUntilBehind(world, 100)
    for (const name of ['n1', 'n2', 'n3']) {
      const notice = broadcast({ id: name, commandId: name, departureIds: [ids[0] ?? ''] })
      await world.log.append('broadcasts', [encodeBroadcastSent(notice)])
    }
    await world.log.settled()
    await world.edit(ids[0] ?? '', { gate: 'LAST' })
    const received: Buffer[] = []
    late.on('data', (part: Buffer) => received.push(part))
    await eventually(() => figure(world, 'lag') === 0)
    await eventually(() => Buffer.concat(received).includes('"to":"LAST"'))
    const { frames } = takeApart(Buffer.concat(received))
    expect(frames.filter(({ op }) => op === 'notice')).toHaveLength(3)
    expectPresent(frames, [...world.board.all().values()])
    expect(await counted(world, 'conflated')).toBeGreaterThan(0)
    expect(frames.length).toBeLessThan((await counted(world, 'frames')) + (await counted(world, 'conflated')))
    late.destroy()
  })
})

async function counted(world: PushWorld, what: 'conflated' | 'frames'): Promise<number> {
  const metrics = await world.metrics.metrics()
  return Number(new RegExp(`^flightline_push_${what}_total (\\d+)$`, 'm').exec(metrics)?.[1])
}

/** Revisions and positions only rise, and the last ones are the present. */
function expectPresent(frames: readonly ServerFrame[], present: readonly Departure[]): void {
  const revisions = new Map<string, number>()
  let position = 0
  for (const frame of frames) {
    if (frame.op !== 'departure') continue
    const { id, revision } = frame.departure
    expect(revision).toBeGreaterThan(revisions.get(id) ?? 0)
    revisions.set(id, revision)
    const offset = Number(frame.position.split(':')[1])
    expect(offset).toBeGreaterThan(position)
    position = offset
  }
  expect(revisions).toEqual(new Map(present.map(({ id, revision }) => [id, revision])))
}

describe('a client that says goodbye in the middle of a large frame', () => {
  test('gets the rest of it before the answer, which it could not read otherwise', async () => {
    await using world = await startPushWorld({ seed, onSocket: fillWithOnePiece })
    const { socket, received } = openRaw(world.port)
    socket.write(clientFrame(0x81, '{"op":"follow","all":true}'))
    await eventually(() => figure(world, 'lag') === 1)
    socket.write(clientFrame(0x88, Buffer.from([0x03, 0xe8])))
    await eventually(() => received().closeCode !== undefined)
    expect(received().closeCode).toBe(1000)
    expect(received().frames.map(({ op }) => op)).toEqual(['hello', 'snapshot'])
    await eventually(() => figure(world, 'sockets') === 0)
    expect(figure(world, 'queuedBytes')).toBe(0)
  })
})

/** From the first piece of a large frame on the socket says that it is full, and never drains. */
function fillWithOnePiece(socket: Duplex): void {
  const { write } = socket
  const writeFull = (bytes: Buffer, ...given: readonly unknown[]) => {
    const isTaken = Reflect.apply(write, socket, [bytes, ...given])
    return isTaken && bytes.length < PIECE
  }
  Object.defineProperty(socket, 'write', { value: writeFull })
}
