import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBacklog } from './backlog.ts'
import { type Addressed, type Frame, joinFrames } from './frames.ts'
import {
  abandon,
  createLink,
  descriptorOf,
  flush,
  goOn,
  isTold,
  type Link,
  type LinkTotals,
  PIECE,
  postpone,
  send,
  sendAllAnew,
  sendAnew,
  sendPong,
  settleMissed,
  waitingBytes,
} from './link.ts'
import { encodeTextFrame } from './websocket-frame.ts'

interface Transport {
  readonly written: string[]
  /** Writes it still takes before it is full. */
  room: number
  open: boolean
}

function setUp(room = Number.POSITIVE_INFINITY, queueBytes = 1_000_000) {
  const transport: Transport = { written: [], room, open: true }
  const totals: LinkTotals = { sent: 0, conflated: 0, queuedBytes: 0 }
  const overflows = { count: 0 }
  const backlog = createBacklog<Link>()
  const unwanted = new Set<string>()
  const link: Link = createLink({
    transport: {
      write(bytes: Buffer) {
        transport.written.push(bytes.toString('latin1'))
        transport.room -= 1
        return transport.room > 0
      },
      cork: () => undefined,
      uncork: () => undefined,
      writableLength: 0,
    },
    isOpen: () => transport.open,
    wants: ({ id }, place) => !unwanted.has(id) && !isTold(link, id, place),
    ...{ backlog, totals, queueBytes },
    giveUp: () => {
      overflows.count += 1
    },
  })
  /** The transport takes `count` more writes. */
  const drain = (count: number) => {
    transport.room = count
    flush(link, 0)
  }
  /** Tells everybody, as a fan-out does. */
  const tell = (...frames: readonly Addressed[]) => {
    const start = backlog.tell(frames, false)
    for (const burst of joinFrames(frames.map((told, at) => ({ frame: told, place: start + at + 1 })))) {
      if (link.isBehind) postpone(link, burst.count)
      else goOn(link, burst, 0)
    }
  }
  return { transport, totals, overflows, backlog, unwanted, link, drain, tell }
}

function frame(text: string, key?: string): Frame {
  return { bytes: Buffer.from(text), ...(key !== undefined && { key }) }
}

/** A frame about a departure. */
function about(id: string, text: string): Addressed {
  return { ...frame(text, id), id }
}

function notice(id: string, text: string): Addressed {
  return { ...frame(text), id }
}

function owned(link: Link): readonly string[] {
  return [...link.own.values()].map(({ frame: { bytes } }) => bytes.toString())
}

describe('link', () => {
  test('writes at once what the transport takes', () => {
    const { link, transport, totals } = setUp()
    send(link, frame('a', 'A'))
    send(link, frame('b'))
    expect(transport.written).toEqual(['a', 'b'])
    expect(link.isBehind).toBe(false)
    expect(totals).toEqual({ sent: 2, conflated: 0, queuedBytes: 0 })
  })

  test('keeps the rest, in order, until it drains', () => {
    const { link, transport, totals, drain } = setUp(1)
    for (const text of ['a', 'b', 'c', 'd']) send(link, frame(text, text))
    expect(transport.written).toEqual(['a'])
    expect(totals.queuedBytes).toBe(3)
    drain(2)
    expect(transport.written).toEqual(['a', 'b', 'c'])
    drain(5)
    expect(transport.written).toEqual(['a', 'b', 'c', 'd'])
    expect(link.isBehind).toBe(false)
    expect(totals).toEqual({ sent: 4, conflated: 0, queuedBytes: 0 })
  })

  test('of what is told while it is behind, a newer frame of a departure replaces the older one, at the tail', () => {
    const { link, totals, tell, drain, transport } = setUp(1)
    send(link, frame('first'))
    for (const text of ['a1', 'b1', 'a2', 'c1', 'a3']) tell(about(text.charAt(0), text))
    expect(waitingBytes(link)).toBe(6)
    drain(9)
    expect(transport.written).toEqual(['first', 'b1', 'c1', 'a3'])
    expect(totals).toEqual({ sent: 4, conflated: 2, queuedBytes: 0 })
    expect(link.isBehind).toBe(false)
  })

  test('notices are never conflated', () => {
    const { link, tell, drain, transport } = setUp(1)
    send(link, frame('x'))
    for (const text of ['n1', 'n2', 'n3']) tell(notice('A', text))
    drain(9)
    expect(transport.written).toEqual(['x', 'n1', 'n2', 'n3'])
  })

  test('a flight that is not followed any more is not sent', () => {
    const { link, unwanted, tell, drain, transport } = setUp(1)
    send(link, frame('x'))
    tell(about('A', 'a1'), about('B', 'b1'))
    unwanted.add('A')
    drain(9)
    expect(transport.written).toEqual(['x', 'b1'])
  })

  test('what is for this socket alone keeps its turn between what is told to all', () => {
    const { link, tell, drain, transport } = setUp(1)
    send(link, frame('x'))
    tell(about('A', 'a1'), about('B', 'b1'))
    send(link, frame('snapshot'))
    tell(about('A', 'a2'), about('C', 'c1'))
    drain(2)
    expect(transport.written).toEqual(['x', 'b1', 'snapshot'])
    tell(about('B', 'b2'))
    drain(9)
    expect(transport.written).toEqual(['x', 'b1', 'snapshot', 'a2', 'c1', 'b2'])
  })

  test('what was told of a flight is not sent before the snapshot that tells it, and not after it', () => {
    const { link, tell, drain, transport, backlog } = setUp(1)
    send(link, frame('x'))
    tell(about('A', 'a1'), about('B', 'b1'), notice('B', 'n1'))
    sendAnew(link, frame('snapshot of B'), { flights: ['B'], upTo: backlog.end() })
    tell(about('B', 'b2'))
    drain(9)
    expect(transport.written).toEqual(['x', 'a1', 'snapshot of B', 'b2'])
    transport.room = 1
    send(link, frame('y'))
    tell(about('B', 'b3'))
    drain(9)
    expect(transport.written.slice(4)).toEqual(['y', 'b3'])
  })

  test('a snapshot of everything makes all that was told before superfluous', () => {
    const { link, totals, tell, drain, transport } = setUp(1)
    send(link, frame('x'))
    tell(about('A', 'a1'), about('B', 'b1'))
    sendAllAnew(link, frame('everything', '=all'))
    tell(about('A', 'a2'))
    sendAllAnew(link, frame('everything anew', '=all'))
    tell(about('B', 'b2'))
    drain(9)
    expect(transport.written).toEqual(['x', 'everything anew', 'b2'])
    expect(totals.conflated).toBe(4)
  })

  test('a snapshot of everything skips nothing that an answer covers which still waits', () => {
    const { link, transport, backlog, tell, drain } = setUp(1)
    send(link, frame('x'))
    tell(about('a', 'a1'))
    sendAllAnew(link, frame('all, after a1', '=all'))
    tell(about('b', 'b1'))
    sendAnew(link, frame('of c, after b1'), { flights: ['c'], upTo: backlog.end() })
    sendAllAnew(link, frame('all anew', '=all'))
    drain(9)
    expect(transport.written).toEqual(['x', 'all, after a1', 'b1', 'of c, after b1', 'all anew'])
  })

  test('what it will not be sent any more is counted while it is behind, and what is lost with it is not', () => {
    const { link, totals, tell } = setUp(1)
    send(link, frame('x'))
    for (const text of ['a1', 'b1', 'a2', 'c1']) tell(about(text.charAt(0), text))
    settleMissed(link)
    expect([totals.conflated, link.isBehind]).toEqual([1, true])
    tell(about('a', 'a3'))
    abandon(link)
    abandon(link)
    expect(totals.conflated).toBe(2)
  })

  test('says once too much waits', () => {
    const { link, overflows } = setUp(1, 10)
    for (let serial = 0; serial < 4; serial += 1) send(link, frame('1234'))
    expect(overflows.count).toBe(1)
  })

  test('a large frame goes in pieces, and nothing comes in between', () => {
    const { link, transport, drain } = setUp(1)
    const large = 'x'.repeat(150_000)
    send(link, frame(large, 'L'))
    send(link, frame('after', 'A'))
    expect(transport.written.join('')).toHaveLength(PIECE)
    for (let piece = 0; piece < 5; piece += 1) drain(1)
    expect(transport.written.join('')).toBe(`${large}after`)
  })

  test('the rest of a frame that was begun is not what waits too long, however large it is', () => {
    const { link, totals, overflows } = setUp(1, 10_000)
    send(link, frame('x'.repeat(150_000)))
    send(link, frame('y'))
    expect([waitingBytes(link), totals.queuedBytes, overflows.count]).toEqual([1, 1, 0])
  })

  test('the answer to a ping waits for its turn, the latest one only', () => {
    const { link, transport, drain } = setUp(2)
    sendPong(link, Buffer.from('pong0'))
    send(link, frame('x'))
    for (const text of ['pong1', 'pong2']) sendPong(link, Buffer.from(text))
    expect(owned(link)).toEqual(['pong2'])
    drain(5)
    expect(transport.written).toEqual(['pong0', 'x', 'pong2'])
  })

  test('a large frame goes at once where the transport has room', () => {
    const { link, transport } = setUp()
    send(link, frame('x'.repeat(150_000)))
    expect(transport.written.join('')).toHaveLength(150_000)
    expect(link.isBehind).toBe(false)
  })

  test('given up, it brings a begun frame to its end and forgets the rest', () => {
    const { link, transport, totals, backlog, tell } = setUp(1)
    send(link, frame('x'.repeat(100_000)))
    send(link, frame('never'))
    tell(about('A', 'never'))
    abandon(link)
    expect(transport.written.join('')).toBe('x'.repeat(100_000))
    expect([totals.queuedBytes, link.own.size, backlog.bytes()]).toEqual([0, 0, 0])
  })

  test('nothing is written after the close frame', () => {
    const { link, transport } = setUp(1)
    send(link, frame('a'.repeat(70_000)))
    transport.open = false
    const before = transport.written.length
    send(link, frame('b'))
    goOn(link, { bytes: Buffer.from('told'), count: 1, place: 1 }, 0)
    sendPong(link, Buffer.from('pong'))
    flush(link, 0)
    abandon(link)
    expect(transport.written).toHaveLength(before)
  })

  test('a burst is one write where there is room, and single frames where there is none', () => {
    const { link, transport, tell, drain } = setUp(1)
    tell(about('A', 'a1'), about('B', 'b1'))
    expect(link.isBehind).toBe(true)
    tell(about('A', 'a2'), about('B', 'b2'))
    tell(about('A', 'a3'))
    expect(transport.written).toEqual(['a1b1'])
    drain(9)
    expect(transport.written).toEqual(['a1b1', 'b2', 'a3'])
  })

  test('what the descriptor has taken of a burst is not written again', () => {
    const { link, transport } = setUp()
    const burst = { bytes: Buffer.from('a1b1'), count: 2, place: 2 }
    goOn(link, burst, 3)
    goOn(link, burst, 4)
    expect(transport.written).toEqual(['1'])
  })

  test('a descriptor is written to only while nothing waits in the stream, and never past TLS', () => {
    const descriptor = (over: object) => {
      const { link } = setUp()
      const transport = { ...link.parts.transport, _handle: { fd: 7 }, ...over }
      return descriptorOf(createLink({ ...link.parts, transport }))
    }
    expect(descriptor({})).toBe(7)
    expect([{ writableLength: 1 }, { encrypted: true }, { _handle: null }, { _handle: {} }].map(descriptor)).toEqual([
      -1, -1, -1, -1,
    ])
  })

  test('a link that was clear is so until something is given to its stream, and has no descriptor once that is closed', () => {
    const { link: plain } = setUp()
    const handle: { fd: number } | null = { fd: 7 }
    const transport = { ...plain.transport, writableLength: 0, _handle: handle }
    const link = createLink({ ...plain.parts, transport })
    expect([link.isClear, descriptorOf(link), link.isClear]).toEqual([false, 7, true])
    transport.writableLength = 5
    send(link, frame('x'))
    expect([link.isClear, descriptorOf(link)]).toEqual([false, -1])
    transport.writableLength = 0
    expect(descriptorOf(link)).toBe(7)
    Object.assign(transport, { _handle: null })
    expect([link.isClear, descriptorOf(link)]).toEqual([true, -1])
  })
})

describe('joining frames', () => {
  test('keeps order and content and splits what is large', () => {
    const frames = [encodeTextFrame('a'.repeat(40_000)), encodeTextFrame('b'.repeat(40_000)), encodeTextFrame('c')]
    const bursts = joinFrames(frames.map((bytes, at) => ({ frame: { bytes, id: 'A' }, place: at + 1 })))
    expect(bursts.map(({ count, place }) => [count, place])).toEqual([
      [1, 1],
      [2, 3],
    ])
    expect(Buffer.concat(bursts.map(({ bytes }) => bytes))).toEqual(Buffer.concat(frames))
    expect(joinFrames([])).toEqual([])
  })
})

describe('a slow link', () => {
  const step = fc.oneof(
    fc.record({ departure: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ room: fc.integer({ min: 1, max: 4 }) }),
    fc.constant('notice' as const),
  )

  test('never sends a step back, never a position before what it covers, never loses a notice or the latest', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const { link, transport, backlog, tell, drain } = setUp(1)
        send(link, frame('hello'))
        const latest = new Map<number, number>()
        let position = 0
        let notices = 0
        for (const given of steps) {
          if (given === 'notice') {
            tell(notice('A', `n${notices++}`))
          } else if ('room' in given) {
            drain(given.room)
          } else {
            position += 1
            latest.set(given.departure, position)
            tell(about(String(given.departure), `${given.departure}@${position}`))
          }
          checkPositions(transport.written)
        }
        drain(1_000)
        checkPositions(transport.written)
        expect(backlog.bytes()).toBe(0)
        const shown = new Map(readChanges(transport.written).map(({ departure, at }) => [departure, at]))
        expect(shown).toEqual(latest)
        expect(transport.written.filter((text) => text.startsWith('n') && text !== 'hello')).toHaveLength(notices)
      }),
    )
  })
})

function readChanges(texts: readonly string[]): readonly { departure: number; at: number }[] {
  return texts.flatMap((text) => {
    const [departure, at] = text.split('@').map(Number)
    return departure === undefined || at === undefined ? [] : [{ departure, at }]
  })
}

/** What was sent rises, so that all that waits lies behind it: resuming at the last position sent finds it. */
function checkPositions(sent: readonly string[]): void {
  const order = readChanges(sent).map(({ at }) => at)
  expect(order).toEqual([...order].sort((left, right) => left - right))
}
