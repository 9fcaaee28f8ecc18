import { describe, expect, test } from 'vitest'
import { type Backlog, createBacklog, type Reader } from './backlog.ts'
import type { Addressed } from './frames.ts'

function change(id: string, text: string): Addressed {
  return { id, key: id, bytes: Buffer.from(text) }
}

function notice(id: string, text: string): Addressed {
  return { id, bytes: Buffer.from(text) }
}

function createReader(place = 0, wants: Reader['wants'] = () => true): Reader {
  return { place, wants }
}

/** Everything up to a place, as somebody reads who has time. */
function readAll(backlog: Backlog, reader: Reader, until = backlog.end()): readonly string[] {
  const texts: string[] = []
  for (let next = backlog.next(reader, until); next; next = backlog.next(reader, until)) {
    texts.push(next.frame.bytes.toString())
    reader.place = next.place
  }
  return texts
}

describe('backlog', () => {
  test('keeps nothing while nobody is behind', () => {
    const backlog = createBacklog()
    expect(backlog.tell([change('A', 'a1'), change('B', 'b1')], false)).toBe(0)
    expect([backlog.end(), backlog.bytes()]).toEqual([2, 0])
  })

  test('tells each departure in its newest state and every notice, to each reader from its place', () => {
    const backlog = createBacklog()
    const [early, late] = [createReader(), createReader(2)]
    backlog.enter(early)
    backlog.tell([change('A', 'a1'), change('B', 'b1')], false)
    backlog.enter(late)
    backlog.tell([notice('A', 'n1'), change('C', 'c1')], false)
    backlog.tell([change('B', 'b2'), notice('A', 'n2')], false)
    expect(backlog.bytes()).toBe(10)
    expect([backlog.bytesBefore(early), backlog.bytesBefore(late)]).toEqual([10, 8])
    expect(readAll(backlog, early)).toEqual(['a1', 'n1', 'c1', 'b2', 'n2'])
    expect(readAll(backlog, late)).toEqual(['n1', 'c1', 'b2', 'n2'])
    expect([early.place, late.place]).toEqual([6, 6])
  })

  test('goes no further than it is asked to', () => {
    const backlog = createBacklog()
    const reader = createReader()
    backlog.enter(reader)
    backlog.tell([change('A', 'a1'), change('B', 'b1'), change('A', 'a2')], false)
    expect(readAll(backlog, reader, 2)).toEqual(['b1'])
    expect(readAll(backlog, reader)).toEqual(['a2'])
  })

  test('passes what a reader does not want', () => {
    const backlog = createBacklog()
    const reader = createReader(0, ({ id }) => id === 'C')
    backlog.enter(reader)
    backlog.tell([change('A', 'a1'), change('B', 'b1')], false)
    expect(readAll(backlog, reader)).toEqual([])
    expect(reader.place).toBe(2)
    backlog.tell([change('C', 'c1'), change('A', 'a2')], false)
    expect(readAll(backlog, reader)).toEqual(['c1'])
  })

  test('counts for a reader what it wants, however much there is for others', () => {
    const backlog = createBacklog()
    const reader = createReader(0, ({ id }, place) => id === 'C' && place > 2)
    backlog.enter(reader)
    backlog.tell([change('A', 'a1'), notice('C', 'n1'), change('B', 'b'.repeat(1_000))], false)
    expect(backlog.bytesBefore(reader)).toBe(0)
    backlog.tell([change('C', 'c1'), notice('C', 'n2'), change('C', 'c2')], false)
    expect(backlog.bytesBefore(reader)).toBe(4)
  })

  test('counts no further than past a limit', () => {
    const backlog = createBacklog()
    let asked = 0
    const reader = createReader(0, () => {
      asked += 1
      return true
    })
    backlog.enter(reader)
    for (let at = 0; at < 1_000; at += 1) backlog.tell([change(`F${at}`, '0123456789')], false)
    expect(backlog.bytesBefore(reader, 100)).toBe(110)
    expect(asked).toBe(11)
    expect(backlog.bytesBefore(reader, 10_000)).toBe(10_000)
    expect(backlog.bytesBefore(reader)).toBe(10_000)
  })

  test('forgets all when the last reader leaves, and what lies before the first of them when trimmed', () => {
    const backlog = createBacklog()
    const [first, second] = [createReader(), createReader()]
    for (const reader of [first, second]) backlog.enter(reader)
    backlog.tell([change('A', 'a1'), change('B', 'b1'), change('C', 'c1')], false)
    first.place = 1
    second.place = 2
    backlog.trim()
    expect(backlog.bytes()).toBe(4)
    expect(readAll(backlog, first)).toEqual(['b1', 'c1'])
    backlog.leave(first)
    backlog.trim()
    expect(backlog.bytes()).toBe(2)
    expect(readAll(backlog, second)).toEqual(['c1'])
    backlog.leave(second)
    expect(backlog.bytes()).toBe(0)
  })

  test('keeps what takes several writes even before anybody is behind, and until it is trimmed', () => {
    const backlog = createBacklog()
    const start = backlog.tell([change('A', 'a1'), change('B', 'b1')], true)
    const reader = createReader(start + 1)
    backlog.enter(reader)
    backlog.trim()
    expect(readAll(backlog, reader)).toEqual(['b1'])
    backlog.leave(reader)
    backlog.tell([change('A', 'a2')], true)
    backlog.trim()
    expect(backlog.bytes()).toBe(0)
  })

  test('holds as much as there are departures, however often they change', () => {
    const backlog = createBacklog()
    const reader = createReader()
    backlog.enter(reader)
    for (let edit = 0; edit < 20_000; edit += 1) backlog.tell([change(`F${edit % 10}`, `${edit}`.padStart(5))], false)
    expect(backlog.bytes()).toBe(50)
    expect(readAll(backlog, reader)).toEqual(Array.from({ length: 10 }, (_, at) => String(19_990 + at)))
  })
})
