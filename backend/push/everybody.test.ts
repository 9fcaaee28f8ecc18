import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { descriptorNumber, openSocketPairs } from '../../src/testing/push/socket-pairs.ts'
import { type Backlog, createBacklog } from './backlog.ts'
import { createDelivery } from './delivery.ts'
import { createEverybody, type Everybody } from './everybody.ts'
import type { Burst } from './frames.ts'
import { createLink, flush, type Link, send, unclear } from './link.ts'
import { beforeDestroyed } from './push-socket.ts'
import { loadNative, type WriteAll, writeEach } from './write-all.ts'

const SIZE = 4
const native = loadNative()
const ways: readonly (readonly [string, WriteAll])[] = [
  ['by means of Node', writeEach],
  ...(native ? [['natively', native] as const] : []),
]

/** A socket of the test: what came out at its other side, by the descriptor and by the stream. */
interface Fake {
  readonly link: Link
  received: string
  expected: string
  /** Bytes that the descriptor takes before it is full. */
  room: number
}

function setUp(count: number) {
  const backlog = createBacklog<Link>()
  const totals = { sent: 0, conflated: 0, queuedBytes: 0 }
  const everybody = createEverybody()
  const fakes = Array.from({ length: count }, (_, at) => createFake(at + 10, { backlog, totals }))
  const writeAll: WriteAll = (descriptors, bytes, taken) => {
    let short = 0
    for (const [at, descriptor] of descriptors.entries()) {
      const fake = fakes[descriptor - 10]
      const size = fake ? Math.min(fake.room, bytes.length) : 0
      if (fake) {
        fake.received += bytes.toString('latin1', 0, size)
        fake.room -= size
      }
      taken[at] = size
      if (size < bytes.length) short += 1
    }
    return short
  }
  return { everybody, fakes, totals, backlog, delivery: createDelivery(writeAll, totals) }
}

function createFake(fd: number, parts: { backlog: Backlog<Link>; totals: Link['parts']['totals'] }) {
  const fake: Fake = {
    ...{ received: '', expected: '' },
    room: Number.POSITIVE_INFINITY,
    link: createLink({
      transport: {
        write(bytes: Buffer) {
          fake.received += bytes.toString('latin1')
          return fake.room > 0
        },
        ...{ cork: () => undefined, uncork: () => undefined, writableLength: 0, _handle: { fd } },
      },
      ...{ ...parts, isOpen: () => true, wants: () => true, queueBytes: 1_000_000, giveUp: () => undefined },
    }),
  }
  return fake
}

function burstOf(text: string, place: number): Burst {
  return { bytes: Buffer.from(text), count: 1, place }
}

const acts = ['add', 'remove', 'fill', 'own', 'drain'] as const

/** What may happen to a socket between two bursts. */
function act(fake: Fake | undefined, what: (typeof acts)[number], everybody: Everybody): void {
  if (!fake) return
  const { link } = fake
  if (what === 'add') everybody.add(link)
  if (what === 'remove') everybody.remove(link)
  if (what === 'fill') fake.room = SIZE / 2
  if (what === 'drain') {
    fake.room = Number.POSITIVE_INFINITY
    flush(link, 0)
  }
  if (what === 'own' && !link.isBehind) {
    send(link, { bytes: Buffer.from('-own') })
    fake.expected += '-own'
  }
}

function expectOf(fakes: readonly Fake[], frame: string): void {
  for (const fake of fakes) if (fake.link.seats && !fake.link.isBehind) fake.expected += frame
}

describe('everybody', () => {
  test('is seated once seen clear, and stands again while something waits', () => {
    const { everybody, fakes, delivery } = setUp(3)
    for (const { link } of fakes) everybody.add(link)
    expect([everybody.standing.size, everybody.seated.length]).toEqual([3, 0])
    delivery.toEverybody(everybody, burstOf('aaaa', 1))
    expect([everybody.standing.size, [...everybody.descriptors()]]).toEqual([0, [10, 11, 12]])
    const [first] = fakes
    if (!first) throw new Error('nobody')
    first.room = 2
    delivery.toEverybody(everybody, burstOf('bbbb', 2))
    expect([...everybody.descriptors()]).toEqual([12, 11])
    expect(fakes.map(({ received }) => received)).toEqual(['aaaabbbb', 'aaaabbbb', 'aaaabbbb'])
  })

  test('gets no more once removed, whether it sat or stood', () => {
    const { everybody, fakes, delivery } = setUp(3)
    for (const { link } of fakes) everybody.add(link)
    delivery.toEverybody(everybody, burstOf('aaaa', 1))
    const [sits, stands] = fakes
    if (!sits || !stands) throw new Error('nobody')
    unclear(stands.link)
    everybody.remove(sits.link)
    everybody.remove(stands.link)
    delivery.toEverybody(everybody, burstOf('bbbb', 2))
    expect(fakes.map(({ received }) => received)).toEqual(['aaaa', 'aaaa', 'aaaabbbb'])
    expect(everybody.size()).toBe(1)
  })

  test('gets every burst exactly once and whole, whoever takes how much and comes or goes in between', () => {
    const step = fc.record({ who: fc.nat(9), what: fc.constantFrom(...acts) })
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 40 }), (turns) => {
        const { everybody, fakes, delivery } = setUp(10)
        for (const [turn, steps] of turns.entries()) {
          for (const { who, what } of steps) act(fakes[who], what, everybody)
          const frame = String(turn).padStart(SIZE, '.')
          expectOf(fakes, frame)
          delivery.toEverybody(everybody, burstOf(frame, turn + 1))
        }
        expect(fakes.map(({ received }) => received)).toEqual(fakes.map(({ expected }) => expected))
        expect(everybody.seated.map(({ seat, isClear }) => [seat, isClear])).toEqual(
          everybody.seated.map((_, at) => [at, true]),
        )
      }),
    )
  })

  test('larger than one call takes gets it all', () => {
    const groups: number[] = []
    const { everybody, fakes } = setUp(9_000)
    const takeAll: WriteAll = (descriptors, bytes, taken) => {
      groups.push(descriptors.length)
      taken.fill(bytes.length)
      return 0
    }
    const delivery = createDelivery(takeAll, { sent: 0, conflated: 0, queuedBytes: 0 })
    for (const { link } of fakes) everybody.add(link)
    delivery.toEverybody(everybody, burstOf('aaaa', 1))
    delivery.toEverybody(everybody, burstOf('bbbb', 2))
    expect(groups).toEqual([4096, 4096, 808, 4096, 4096, 808])
  })
})

describe.each(ways)('a descriptor, written to %s', (_, writeAll) => {
  test('is left before it closes, so that the socket that gets its number gets nothing else', async () => {
    await using sockets = await openSocketPairs()
    const totals = { sent: 0, conflated: 0, queuedBytes: 0 }
    const backlog = createBacklog<Link>()
    const everybody = createEverybody()
    const delivery = createDelivery(writeAll, totals)
    const first = await sockets.accept()
    const transport: Duplex = first.ours
    const link = createLink({
      ...{ transport, backlog, totals, isOpen: () => true, wants: () => true, queueBytes: 1_000_000 },
      giveUp: () => undefined,
    })
    beforeDestroyed(first.ours, () => unclear(link))
    everybody.add(link)
    delivery.toEverybody(everybody, burstOf('aaaa', 1))
    const { descriptor } = link
    expect([...everybody.descriptors()]).toEqual([descriptor])
    first.ours.destroy()
    expect(everybody.seated).toEqual([])
    const heirs = [await sockets.accept(), await sockets.accept()].flatMap(({ ours, theirs }) => [ours, theirs])
    expect(heirs.map(descriptorNumber)).toContain(descriptor)
    delivery.toEverybody(everybody, burstOf('bbbb', 2))
    for (const heir of heirs) heir.end('own')
    expect(await Promise.all(heirs.map((heir) => text(heir)))).toEqual(heirs.map(() => 'own'))
  })
})
