import { expect, test } from 'vitest'
import type { Board } from '../../src/shared/desk/board.ts'
import { departures } from '../../src/testing/fixtures/departure.ts'
import type { NoticeBoard } from './notice-board.ts'
import { createSnapshots } from './snapshots.ts'

const [first, second] = departures(2)
const all = [first, second].filter((departure) => departure !== undefined)
const ids = all.map(({ id }) => id)

/** Snapshots of a board whose position and notices a test moves. */
function setUp() {
  const present = { offset: 1, notices: 1 }
  const board: Pick<Board, 'all' | 'position'> = {
    all: () => new Map(all.map((departure) => [departure.id, departure])),
    position: () => ({ epoch: 'life', offsets: [present.offset], from: 0, until: 1 }),
  }
  const notices: Pick<NoticeBoard, 'of' | 'all' | 'version'> = {
    of: (id) => [`{"flightId":"${id}"}`],
    all: () => [],
    version: () => present.notices,
  }
  return { present, snapshots: createSnapshots(board, notices) }
}

test('who asks alike gets the same frame, built once', () => {
  const { snapshots } = setUp()
  expect(snapshots.all()).toBe(snapshots.all())
  expect(snapshots.since('life:0', () => all)).toBe(snapshots.since('life:0', () => all))
  expect(snapshots.of(all, ids, true)).toBe(snapshots.of(all, ids, true))
})

test('who asks otherwise gets another', () => {
  const { snapshots } = setUp()
  const frame = snapshots.of(all, ids, true)
  expect(snapshots.of(all, ids, false)).not.toBe(frame)
  expect(snapshots.of(all.slice(1), ids, true)).not.toBe(frame)
  expect(snapshots.of(all, ids.slice(1), true)).not.toBe(frame)
  expect(snapshots.of(all, [...ids].reverse(), true)).not.toBe(frame)
  expect(snapshots.since('life:0', () => all)).not.toBe(snapshots.since('life:1', () => all))
})

test('is compressed once for all who take it, unless it is small', () => {
  const { snapshots } = setUp()
  const many = departures(40)
  const snapshot = snapshots.of(many, [], true)
  const compressed = snapshots.compressed(snapshot)
  expect(compressed.bytes.length).toBeLessThan(snapshot.bytes.length / 5)
  expect(snapshots.compressed(snapshot)).toBe(compressed)
  const small = snapshots.of([], [], true)
  expect(snapshots.compressed(small)).toBe(small)
})

test('who comes from where nothing is known of costs no other snapshot its place', () => {
  const { snapshots } = setUp()
  const known = snapshots.since('life:0', () => all)
  const rounds = Math.ceil((40 * 1024 * 1024) / snapshots.all().bytes.length)
  for (let at = 1; at <= Math.min(rounds, 60_000); at += 1) {
    expect(snapshots.since(`other:${at}`, () => undefined)).toBe(snapshots.all())
  }
  expect(snapshots.since('life:0', () => all)).toBe(known)
})

test('what is kept has a bound, however many positions are asked from', () => {
  const { snapshots } = setUp()
  const wide = all.map((departure) => ({ ...departure, remark: 'wide '.repeat(100_000) }))
  const frame = snapshots.since('life:0', () => wide)
  const rounds = Math.ceil((40 * 1024 * 1024) / frame.bytes.length)
  for (let at = 1; at <= rounds; at += 1) snapshots.since(`life:${at}`, () => wide)
  expect(snapshots.since('life:0', () => wide)).not.toBe(frame)
})

test.each([
  ['the board moved', ({ present }: ReturnType<typeof setUp>) => (present.offset += 1)],
  ['a notice came or went', ({ present }: ReturnType<typeof setUp>) => (present.notices += 1)],
  ['the board changed in its place', ({ snapshots }: ReturnType<typeof setUp>) => snapshots.invalidate()],
])('nothing that was built is given out after %s', (_, move) => {
  const scene = setUp()
  const ask = () => [
    scene.snapshots.all(),
    scene.snapshots.since('life:0', () => all),
    scene.snapshots.of(all, ids, true),
  ]
  const before = ask()
  move(scene)
  for (const [at, frame] of ask().entries()) expect(frame).not.toBe(before[at])
})
