import { describe, expect, test } from 'vitest'
import { toPublicChange } from '../../src/shared/api/public-change.ts'
import { toPublicDeparture } from '../../src/shared/api/public-departure.ts'
import { DAY, HOUR } from '../../src/shared/domain/instant.ts'
import { formatPosition } from '../../src/shared/events/position.ts'
import { creation } from '../../src/testing/fixtures/amendment.ts'
import { departure, departures, NOON } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { type PushClient, settle } from '../../src/testing/push/push-client.ts'
import { startPushWorld } from '../../src/testing/push/push-world.ts'

const ID = 'B6739-2026-11-20-JFK'
const [A, B] = ['B61-2026-11-20-JFK', 'B62-2026-11-20-JFK']
const everything = { op: 'follow', all: true }

/** What the departure frames of a client say, as `id:revision`. */
function shown(client: PushClient): readonly string[] {
  return client.all('departure').map((frame) => `${frame.departure.id}:${frame.departure.revision}`)
}

describe('hello', () => {
  test('comes first, with epoch, heartbeat and the operational clock', async () => {
    await using world = await startPushWorld()
    world.clock.set({ operational: NOON + HOUR })
    const client = await world.connect()
    await client.waitFor('hello')
    expect(client.frames).toEqual([
      {
        op: 'hello',
        epoch: world.board.position().epoch,
        heartbeat: 25,
        clock: { now: '2026-11-20T13:00:00Z', rate: 1 },
      },
    ])
  })
})

describe('follow by flights', () => {
  test('answers with what is newer than what the client has', async () => {
    await using world = await startPushWorld({ seed: departures(3) })
    await world.edit(A, { gate: 'C1' })
    const client = await world.follow({ op: 'follow', flights: { [A]: 1, [B]: 1 } })
    const [snapshot] = client.all('snapshot')
    expect(snapshot).toMatchObject({ recovered: true, departures: [{ id: A, revision: 2, gate: 'C1' }] })
    expect(snapshot).not.toHaveProperty('notices')
    expect(snapshot?.position).toBe(formatPosition(world.board.position()))
  })

  test('then sends exactly the changes of those flights', async () => {
    await using world = await startPushWorld({ seed: departures(3) })
    const client = await world.follow({ op: 'follow', flights: { [A]: 0 } })
    await world.edit(B, { gate: 'C1' })
    const { next, change } = await world.edit(A, { gate: 'C2' })
    const frame = await client.waitFor('departure')
    expect(frame).toEqual({
      op: 'departure',
      departure: toPublicDeparture(next),
      change: toPublicChange(change),
      position: formatPosition(world.board.position()),
      at: change.at,
    })
    expect(frame.change.fields).toEqual({ gate: { from: 'B12', to: 'C2' } })
    expect(shown(client)).toEqual([`${A}:2`])
  })

  test('a change of internal facts moves the revision and names no field', async () => {
    await using world = await startPushWorld()
    const client = await world.follow({ op: 'follow', flights: { [ID]: 1 } })
    await world.edit(ID, { remark: 'crew of Ada Miller is late', feedEstimatedAt: NOON })
    const frame = await client.waitFor('departure')
    expect(frame.change.fields).toEqual({})
    expect(frame.departure.revision).toBe(2)
    expect(client.texts.join('')).not.toContain('Ada Miller')
  })

  test('an unknown flight is an error and still a snapshot, which then did not recover', async () => {
    await using world = await startPushWorld()
    const client = await world.follow({ op: 'follow', flights: { [ID]: 0, [A]: 0 } })
    expect(client.all('error')).toMatchObject([{ code: 'FL_DEPARTURE_UNKNOWN', message: expect.stringContaining(A) }])
    expect(client.all('snapshot')).toMatchObject([{ recovered: false, departures: [{ id: ID }] }])
  })

  test('a flight that is added later reaches those who asked for it before', async () => {
    await using world = await startPushWorld()
    const client = await world.follow({ op: 'follow', flights: { [A]: 0 } })
    await world.publish(creation(departure({ id: A })))
    await client.waitFor('departure')
    expect(shown(client)).toEqual([`${A}:1`])
  })

  test('ends with unfollow', async () => {
    await using world = await startPushWorld({ seed: departures(2) })
    const client = await world.follow({ op: 'follow', flights: { [A]: 0, [B]: 0 } })
    client.send({ op: 'unfollow', flights: [A, 'never followed'] })
    await settle(client)
    await world.edit(A, { gate: 'C1' })
    await world.edit(B, { gate: 'C1' })
    await client.waitFor('departure')
    expect(shown(client)).toEqual([`${B}:2`])
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s is no flight', async (name) => {
    await using world = await startPushWorld()
    const client = await world.connect()
    client.send(`{"op":"follow","flights":{"${name}":0,"${ID}":0}}`)
    await client.waitFor('snapshot')
    expect(client.all('snapshot')).toMatchObject([{ departures: [{ id: ID }] }])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(world.push.health()).toMatchObject({ flights: 1 })
  })
})

describe('follow all', () => {
  test('without a position gives everything, not recovered', async () => {
    await using world = await startPushWorld({ seed: departures(5) })
    const client = await world.follow(everything)
    const [snapshot] = client.all('snapshot')
    expect(snapshot?.recovered).toBe(false)
    expect(snapshot?.departures).toEqual([...world.board.all().values()].map(toPublicDeparture))
  })

  test('then sends every change, also of new departures, and each once to who follows the flight as well', async () => {
    await using world = await startPushWorld({ seed: departures(2) })
    const client = await world.follow(everything)
    client.send({ op: 'follow', flights: { [A]: 1 } })
    await client.waitFor('snapshot', 2)
    await world.edit(A, { gate: 'C1' })
    await world.publish(creation(departure()))
    await world.edit(A, { gate: 'C2' })
    await client.waitFor('departure', 3)
    await settle(client)
    expect(shown(client)).toEqual([`${A}:2`, `${ID}:1`, `${A}:3`])
  })

  test('with a position gives what changed since, recovered', async () => {
    await using world = await startPushWorld({ seed: departures(3), partitions: 3 })
    const first = await world.follow(everything)
    await world.edit(A, { gate: 'C1' })
    const { position } = await first.waitFor('departure')
    await world.edit(B, { gate: 'C2' })
    await world.edit(B, { gate: 'C3' })
    const second = await world.follow({ ...everything, since: position })
    expect(second.all('snapshot')).toMatchObject([{ recovered: true, departures: [{ id: B, revision: 3 }] }])
    const third = await world.follow({ ...everything, since: second.all('snapshot')[0]?.position })
    expect(third.all('snapshot')).toMatchObject([{ recovered: true, departures: [] }])
  })

  test.each([['not a position'], ['another-epoch:0'], ['']])(
    'with %j gives everything, not recovered',
    async (since) => {
      await using world = await startPushWorld({ seed: departures(2) })
      const client = await world.follow({ ...everything, since })
      expect(client.all('snapshot')).toMatchObject([{ recovered: false, departures: [{ id: A }, { id: B }] }])
    },
  )

  test('ends with unfollow', async () => {
    await using world = await startPushWorld({ seed: departures(2) })
    const client = await world.follow(everything)
    client.send({ op: 'unfollow', all: true })
    client.send({ op: 'follow', flights: { [B]: 1 } })
    await client.waitFor('snapshot', 2)
    await world.edit(A, { gate: 'C1' })
    await world.edit(B, { gate: 'C1' })
    await client.waitFor('departure')
    expect(shown(client)).toEqual([`${B}:2`])
  })
})

describe('a client that is ahead of this gateway', () => {
  /** The position after one more change than the log has. */
  async function ahead(world: Awaited<ReturnType<typeof startPushWorld>>): Promise<string> {
    const { offsets, ...rest } = world.board.position()
    return formatPosition({ ...rest, offsets: offsets.map((offset) => offset + 1) })
  }

  test('waits for the log and recovers', async () => {
    await using world = await startPushWorld()
    const client = await world.connect()
    client.send({ ...everything, since: await ahead(world) })
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(client.all('snapshot')).toEqual([])
    await world.edit(ID, { gate: 'C1' })
    expect(await client.waitFor('snapshot')).toMatchObject({ recovered: true, departures: [] })
    await world.edit(ID, { gate: 'C2' })
    await client.waitFor('departure')
    expect(shown(client)).toEqual([`${ID}:3`])
  })

  test('is told after a while that it did not recover', async () => {
    await using world = await startPushWorld({ limits: { catchUp: 50 } })
    const client = await world.follow({ ...everything, since: await ahead(world) })
    expect(client.all('snapshot')).toMatchObject([{ recovered: false, departures: [{ id: ID }] }])
  })

  test('with flights waits until its revision is there, and is sent no older one', async () => {
    await using world = await startPushWorld()
    const client = await world.connect()
    client.send({ op: 'follow', flights: { [ID]: 2 } })
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(client.all('snapshot')).toEqual([])
    await world.edit(ID, { gate: 'C1' })
    expect(await client.waitFor('snapshot')).toMatchObject({ recovered: true, departures: [] })
  })

  test('with flights that never come gets all of ours, not recovered', async () => {
    await using world = await startPushWorld({ seed: departures(2), limits: { catchUp: 50 } })
    const client = await world.follow({ op: 'follow', flights: { [A]: 9, [B]: 1 } })
    expect(client.all('snapshot')).toMatchObject([{ recovered: false, departures: [{ id: A }, { id: B }] }])
  })

  test('that changes its mind is not followed up', async () => {
    await using world = await startPushWorld({ limits: { catchUp: 50 } })
    const client = await world.connect()
    client.send({ ...everything, since: await ahead(world) })
    client.send({ op: 'unfollow', all: true })
    await new Promise((resolve) => setTimeout(resolve, 120))
    await settle(client)
    expect(client.all('snapshot').filter(({ departures: held }) => held.length > 0)).toEqual([])
    expect(world.push.health()).toMatchObject({ followingAll: 0 })
  })

  test('that is gone meanwhile costs nothing more', async () => {
    await using world = await startPushWorld({ limits: { catchUp: 80 } })
    const client = await world.connect()
    client.send({ ...everything, since: await ahead(world) })
    await settle(client)
    client.socket.terminate()
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(world.push.health()).toMatchObject({ sockets: 0, followingAll: 0 })
  })
})

describe('shared frames', () => {
  test('all sockets get the same bytes, in the same order', async () => {
    await using world = await startPushWorld({ seed: departures(4) })
    const clients = await Promise.all([world.follow(everything), world.follow(everything)])
    const flightOnly = await world.follow({ op: 'follow', flights: { [A]: 1 } })
    for (let edit = 1; edit <= 20; edit += 1) {
      await Promise.all(departures(4).map(({ id }) => world.edit(id, { gate: `C${edit}` })))
    }
    const texts = await Promise.all(
      clients.map(async (client) => {
        await client.waitFor('departure', 80)
        return client.texts.filter((text) => text.startsWith('{"op":"departure"'))
      }),
    )
    expect(texts[0]).toEqual(texts[1])
    await flightOnly.waitFor('departure', 20)
    expect(flightOnly.texts.slice(2)).toEqual(texts[0]?.filter((text) => text.includes(`"id":"${A}"`)))
  })

  test('a batch of the log arrives complete and in order', async () => {
    await using world = await startPushWorld({ seed: departures(50) })
    const client = await world.follow(everything)
    const made = await Promise.all(departures(50).map(({ id }) => world.edit(id, { gate: 'C1' })))
    await client.waitFor('departure', 50)
    expect([...shown(client)].sort()).toEqual(made.map(({ change }) => change.id).sort())
    const positions = client.all('departure').map(({ position }) => Number(position.split(':')[1]))
    expect(positions).toEqual([...positions].sort((left, right) => left - right))
  })
})

describe('when the board changes otherwise', () => {
  test('a log that lost its past means a snapshot for everybody, not recovered, of the new epoch', async () => {
    await using world = await startPushWorld({ seed: departures(2) })
    const all = await world.follow(everything)
    const one = await world.follow({ op: 'follow', flights: { [A]: 1 } })
    const idle = await world.connect()
    world.log.recreate('flight_updates')
    const again = await all.waitFor('snapshot', 2)
    expect(again).toMatchObject({ recovered: false, departures: [{ id: A }, { id: B }] })
    expect(again.position).toBe(formatPosition(world.board.position()))
    expect(await one.waitFor('snapshot', 2)).toMatchObject({ recovered: false, departures: [{ id: A }] })
    await settle(idle)
    expect(idle.all('snapshot')).toHaveLength(1)
  })

  test('departures that come into view with time are announced', async () => {
    const near = departure({ id: 'B61-2026-11-24-JFK', scheduledAt: NOON + 4 * DAY })
    await using world = await startPushWorld({ seed: [departure(), near] })
    const all = await world.follow(everything)
    const waiting = await world.follow({ op: 'follow', flights: { [near.id]: 0 } })
    world.clock.advance(2 * DAY)
    await world.board.refresh()
    const announced = { recovered: true, departures: [{ id: near.id }] }
    expect(await all.waitFor('snapshot', 2)).toMatchObject(announced)
    expect(await waiting.waitFor('snapshot', 2)).toMatchObject(announced)
  })
})

describe('figures', () => {
  test('health and metrics tell of sockets, frames and latency', async () => {
    await using world = await startPushWorld()
    const client = await world.follow(everything)
    await world.follow({ op: 'follow', flights: { [ID]: 1 } })
    world.clock.advance(3)
    await world.edit(ID, { gate: 'C1' })
    await client.waitFor('departure')
    expect(world.push.health()).toEqual({
      ...{ status: 'ok', sockets: 2, followingAll: 1, flights: 1, lag: 0, age: 0, queuedBytes: 0 },
      handshakes: 0,
    })
    client.socket.close()
    await client.ended
    await eventually(async () => (await world.metrics.metrics()).includes('closed_total{reason="client"} 1'))
    const metrics = await world.metrics.metrics()
    expect(metrics).toContain('flightline_push_sockets 1')
    expect(metrics).toContain('flightline_push_flights 1')
    expect(metrics).toContain('flightline_push_following_all 0')
    expect(metrics).toMatch(/^flightline_push_lateness_seconds [\d.e-]+$/m)
    expect(metrics).toContain('flightline_push_frames_total 6')
    expect(metrics).toContain('flightline_push_delivery_seconds_bucket{le="0.005"} 1')
    expect(metrics).not.toContain(ID)
  })
})
