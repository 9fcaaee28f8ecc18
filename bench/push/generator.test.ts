import { expect, test } from 'vitest'
import { type FleetOptions, openFleet, percentileOf } from './lib/fleet.ts'
import { countFollowers } from './lib/followed.ts'
import { createSource, type Source } from './lib/source.ts'
import { untilPresent } from './lib/steady.ts'
import { peerKinds } from './peers/catalogue.ts'
import { startFlightline } from './peers/flightline.ts'
import type { Audience, Peer } from './peers/peer.ts'

const DEPARTURES = 10

async function startPeer(name: string, audience: Audience, source: Source): Promise<Peer> {
  const kind = peerKinds.find((known) => known.name === name)
  if (!kind) throw new Error(`no server ${name}`)
  return await kind.start(audience, source)
}

async function openSockets(peer: Peer, source: Source, options: Partial<FleetOptions>) {
  const { protocol, path, ports } = peer
  const { idSuffix } = source
  const fleet = await openFleet({ protocol, path, ports, idSuffix, departures: DEPARTURES, sockets: 20, ...options })
  await fleet.ready()
  return fleet
}

test.each(['flightline', 'socketio', 'ws-naive', 'ws-shared', 'ws-batched', 'bun', 'c-send', 'c-tick'])(
  'sockets of %s that follow everything receive every change once',
  async (name) => {
    const source = createSource(DEPARTURES)
    await using peer = await startPeer(name, 'all', source)
    await using fleet = await openSockets(peer, source, {})
    const startedAt = Date.now()
    // One after the other: of two changes of a departure that come together the gateway sends the newer.
    for (const count of [DEPARTURES, DEPARTURES, 5]) {
      await peer.publish(source.next(count))
      await untilPresent(fleet, source, 5_000)
    }
    const report = await fleet.report()
    expect(report).toMatchObject({ ready: 20, stale: 0, messages: 20 * 25, back: 0, repeated: 0, failed: 0 })
    expect(percentileOf(report.delays, 1)).toBeLessThanOrEqual(Date.now() - startedAt)
  },
)

test.each(['flightline', 'socketio', 'ws-shared', 'bun', 'c-send'])(
  'sockets of %s that follow some flights receive the changes of those',
  async (name) => {
    const source = createSource(DEPARTURES)
    await using peer = await startPeer(name, 'flights', source)
    await using fleet = await openSockets(peer, source, { flights: 3, generators: 2 })
    await peer.publish(source.next(DEPARTURES))
    const report = await untilPresent(fleet, source, 5_000)
    const due = countFollowers(20, DEPARTURES, 3).reduce((sum, count) => sum + count, 0)
    expect(report).toMatchObject({ ready: 20, stale: 0, messages: due, back: 0, repeated: 0 })
  },
)

test('a socket that lacks a change is found', async () => {
  const source = createSource(DEPARTURES)
  await using peer = await startPeer('ws-shared', 'all', source)
  await using fleet = await openSockets(peer, source, {})
  source.next(1)
  expect(await fleet.report(source.revisions())).toMatchObject({ stale: 20, messages: 0 })
})

test('after a restart sockets come back and have what changed meanwhile', async () => {
  const source = createSource(DEPARTURES)
  await using peer = await startFlightline(source, 2)
  await using fleet = await openSockets(peer, source, { flights: 3, reconnects: true })
  await peer.stop()
  await peer.publish(source.next(DEPARTURES))
  await peer.keep()
  await peer.start()
  const report = await untilPresent(fleet, source, 20_000)
  expect(report).toMatchObject({ stale: 0, back: 0 })
  expect(report.closings).toEqual([[1001, 20]])
})
