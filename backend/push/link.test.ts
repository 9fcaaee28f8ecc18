import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frame, joinFrames } from './frames.ts'
import {
  abandon,
  createLink,
  descriptorOf,
  dropWaiting,
  flush,
  goOn,
  isBehind,
  type Link,
  type LinkTotals,
  postpone,
  send,
  sendPing,
  sendPong,
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
  const link = createLink({
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
    totals,
    queueBytes,
    overflowed: () => {
      overflows.count += 1
    },
  })
  /** The transport takes `count` more writes. */
  const drain = (count: number) => {
    transport.room = count
    flush(link, 0)
  }
  return { transport, totals, overflows, link, drain }
}

function frame(text: string, key?: string): Frame {
  return { bytes: Buffer.from(text), ...(key !== undefined && { key }) }
}

function waiting(link: Link): readonly string[] {
  return [...link.waiting.values()].map(({ bytes }) => bytes.toString())
}

describe('link', () => {
  test('writes at once what the transport takes', () => {
    const { link, transport, totals } = setUp()
    send(link, frame('a', 'A'))
    send(link, frame('b'))
    expect(transport.written).toEqual(['a', 'b'])
    expect(isBehind(link)).toBe(false)
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
    expect(isBehind(link)).toBe(false)
    expect(totals).toEqual({ sent: 4, conflated: 0, queuedBytes: 0 })
  })

  test('a newer frame of a departure replaces the older one, at the tail', () => {
    const { link, totals, drain, transport } = setUp(1)
    send(link, frame('first'))
    for (const [text, key] of [
      ['a1', 'A'],
      ['b1', 'B'],
      ['a2', 'A'],
      ['c1', 'C'],
      ['a3', 'A'],
    ] as const) {
      send(link, frame(text, key))
    }
    expect(waiting(link)).toEqual(['b1', 'c1', 'a3'])
    expect(totals).toEqual({ sent: 1, conflated: 2, queuedBytes: 6 })
    drain(9)
    expect(transport.written).toEqual(['first', 'b1', 'c1', 'a3'])
  })

  test('frames without a key are never conflated', () => {
    const { link } = setUp(1)
    for (const text of ['x', 'same', 'same', 'same']) send(link, frame(text))
    expect(waiting(link)).toEqual(['same', 'same', 'same'])
  })

  test('a flight that is not followed any more leaves the queue', () => {
    const { link, totals } = setUp(1)
    for (const [text, key] of [
      ['x', 'X'],
      ['a1', 'A'],
      ['b1', 'B'],
    ] as const)
      send(link, frame(text, key))
    dropWaiting(link, 'A')
    dropWaiting(link, 'unknown')
    expect(waiting(link)).toEqual(['b1'])
    expect(totals.queuedBytes).toBe(2)
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
    sendPing(link, Buffer.from('ping'))
    expect(transport.written.join('')).toHaveLength(65_536)
    drain(1)
    drain(1)
    drain(1)
    expect(transport.written.join('')).toBe(`${large}after`)
    sendPing(link, Buffer.from('ping'))
    expect(transport.written.join('')).toBe(`${large}after`)
    drain(5)
    sendPing(link, Buffer.from('ping'))
    expect(transport.written.at(-1)).toBe('ping')
  })

  test('the answer to a ping waits for its turn, the latest one only', () => {
    const { link, transport, drain } = setUp(2)
    sendPong(link, Buffer.from('pong0'))
    send(link, frame('x'))
    for (const text of ['pong1', 'pong2']) sendPong(link, Buffer.from(text))
    expect(waiting(link)).toEqual(['pong2'])
    drain(5)
    expect(transport.written).toEqual(['pong0', 'x', 'pong2'])
  })

  test('a large frame goes at once where the transport has room', () => {
    const { link, transport } = setUp()
    send(link, frame('x'.repeat(150_000)))
    expect(transport.written.join('')).toHaveLength(150_000)
    expect(isBehind(link)).toBe(false)
  })

  test('given up, it brings a begun frame to its end and forgets the rest', () => {
    const { link, transport, totals } = setUp(1)
    send(link, frame('x'.repeat(100_000)))
    send(link, frame('never'))
    abandon(link)
    expect(transport.written.join('')).toBe('x'.repeat(100_000))
    expect(totals.queuedBytes).toBe(0)
    expect(link.waiting.size).toBe(0)
  })

  test('nothing is written after the close frame', () => {
    const { link, transport } = setUp(1)
    send(link, frame('a'.repeat(70_000)))
    transport.open = false
    const before = transport.written.length
    send(link, frame('b'))
    sendPing(link, Buffer.from('ping'))
    flush(link, 0)
    abandon(link)
    expect(transport.written).toHaveLength(before)
  })

  test('a burst is one write where there is room, and single frames where there is none', () => {
    const { link, transport, totals } = setUp(1)
    const [burst] = joinFrames([frame('a1', 'A'), frame('b1', 'B')])
    if (!burst) throw new Error('two frames make a burst')
    goOn(link, burst, 0)
    expect(isBehind(link)).toBe(true)
    postpone(link, burst)
    send(link, frame('a2', 'A'))
    expect(transport.written).toEqual(['a1b1'])
    expect(waiting(link)).toEqual(['b1', 'a2'])
    expect(totals.sent).toBe(2)
  })

  test('what the descriptor has taken of a burst is not written again', () => {
    const { link, transport, totals } = setUp()
    const [burst] = joinFrames([frame('a1', 'A'), frame('b1', 'B')])
    if (!burst) throw new Error('two frames make a burst')
    goOn(link, burst, 3)
    goOn(link, burst, 4)
    expect(transport.written).toEqual(['1'])
    expect(totals.sent).toBe(4)
  })

  test('a descriptor is written to only while nothing waits in the stream, and never past TLS', () => {
    const descriptor = (over: object) => {
      const { link } = setUp()
      const transport = { ...link.parts.transport, _handle: { fd: 7 }, ...over }
      return descriptorOf({ ...link, parts: { ...link.parts, transport } })
    }
    expect(descriptor({})).toBe(7)
    expect([{ writableLength: 1 }, { encrypted: true }, { _handle: null }, { _handle: {} }].map(descriptor)).toEqual([
      -1, -1, -1, -1,
    ])
  })
})

describe('joining frames', () => {
  test('keeps order and content and splits what is large', () => {
    const frames = [encodeTextFrame('a'.repeat(40_000)), encodeTextFrame('b'.repeat(40_000)), encodeTextFrame('c')]
    const bursts = joinFrames(frames.map((bytes) => ({ bytes })))
    expect(bursts.map((burst) => burst.frames.length)).toEqual([1, 2])
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
        const { link, transport, drain } = setUp(1)
        const latest = new Map<number, number>()
        let position = 0
        let notices = 0
        for (const given of steps) {
          if (given === 'notice') {
            send(link, frame(`n${notices++}`))
          } else if ('room' in given) {
            drain(given.room)
          } else {
            position += 1
            latest.set(given.departure, position)
            send(link, frame(`${given.departure}@${position}`, String(given.departure)))
          }
          checkPositions(
            transport.written,
            [...link.waiting.values()].map(({ bytes }) => bytes.toString()),
          )
        }
        drain(1_000)
        const shown = new Map(readChanges(transport.written).map(({ departure, at }) => [departure, at]))
        expect(shown).toEqual(latest)
        expect(transport.written.filter((text) => text.startsWith('n'))).toHaveLength(notices)
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

/** What was sent rises, and all that waits lies behind it: resuming at the last position sent finds it. */
function checkPositions(sent: readonly string[], waits: readonly string[]): void {
  const order = readChanges([...sent, ...waits]).map(({ at }) => at)
  expect(order).toEqual([...order].sort((left, right) => left - right))
}
