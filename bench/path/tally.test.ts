import { expect, test } from 'vitest'
import { createTally } from './tally.ts'

const frame = (id: string, revision: number, at: number) =>
  Buffer.from(
    `{"op":"departure","departure":{"id":"${id}","revision":${revision},"gate":"B1"},"change":{},"position":"e:1","at":${at}}`,
  )

test('the slowest of all sockets counts, and every single delay', () => {
  let now = 1_700_000_000_100
  const tally = createTally(() => now)
  const change = frame('FL1-2026-11-20-JFK', 2, 1_700_000_000_000)
  tally.note(change)
  now += 40
  tally.note(Buffer.from(change))
  const { sightings, delays } = tally.read()
  expect(sightings).toEqual([{ id: 'FL1-2026-11-20-JFK:2', sockets: 2, slowest: 140 }])
  expect([delays[100], delays[140]]).toEqual([1, 1])
})

test('changes are told apart although many are under way, and other messages do not count', () => {
  const tally = createTally(() => 1_700_000_000_000)
  const revisions = Array.from({ length: 20 }, (_, index) => index + 1)
  for (let socket = 0; socket < 3; socket += 1) {
    for (const revision of revisions) tally.note(frame('FL1-2026-11-20-JFK', revision, 1_700_000_000_000))
    tally.note(Buffer.from('{"op":"notice","flightId":"FL1-2026-11-20-JFK"}'))
  }
  const { sightings } = tally.read()
  expect(sightings.map(({ id, sockets }) => [id, sockets])).toEqual(
    revisions.map((revision) => [`FL1-2026-11-20-JFK:${revision}`, 3]),
  )
})
