import type { BoardChange, BoardListener } from '../../src/shared/desk/board.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import type { Client } from './client.ts'
import { departureFrame, type Frame, joinFrames, noticeFrame } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { send } from './link.ts'
import type { NoticeEntries } from './notice-board.ts'

type FanOut = Pick<Gateway, 'parts' | 'metrics' | 'followers' | 'delivery' | 'snapshots' | 'clients'>
type Ways = Pick<Gateway, 'followers' | 'delivery'>

/** Carries what happens on the board to the sockets: each frame is built once, if anybody wants it. */
export function createFanOut(gateway: FanOut): Required<BoardListener> {
  return {
    changed: (changes) => deliverChanges(gateway, changes),
    entered: (departures) => announce(gateway, departures),
    reset: () => resetAll(gateway),
  }
}

function deliverChanges(gateway: FanOut, changes: readonly BoardChange[]): void {
  const { followers, metrics, parts } = gateway
  const { all } = followers
  const wanted = all.size > 0 ? changes : changes.filter(({ departure }) => followers.of(departure.id).size > 0)
  if (wanted.length === 0) return
  const frames = wanted.map((change) => ({ id: change.departure.id, frame: departureFrame(change) }))
  deliver(gateway, frames)
  const now = parts.clock.wall()
  for (const { change } of wanted) metrics.delivery.observe(Math.max(0, now - change.at) / 1000)
}

/** A frame and the flight that it is about. */
interface Addressed {
  readonly id: DepartureId
  readonly frame: Frame
}

/** All frames of this tick go to a socket in one write. */
function deliver(ways: Ways, frames: readonly Addressed[]): void {
  deliverToAll(
    ways,
    frames.map(({ frame }) => frame),
  )
  deliverToFollowers(ways, frames)
}

function deliverToAll({ followers, delivery }: Ways, frames: readonly Frame[]): void {
  if (followers.all.size === 0) return
  for (const burst of joinFrames(frames)) delivery.toEach(followers.all, burst)
}

/** Most followers get one frame of a tick, which they share; the few that get more have theirs joined for them alone. */
function deliverToFollowers(ways: Ways, frames: readonly Addressed[]): void {
  const { followers, delivery } = ways
  for (const { id } of frames) countDue(followers.of(id))
  for (const { id, frame } of frames) {
    delivery.toEach(followers.of(id), { frames: [frame], bytes: frame.bytes }, isDueOne)
  }
  if (frames.length > 1) deliverSeveral(ways, frames)
  for (const { id } of frames) forgetDue(followers.of(id))
}

function countDue(clients: ReadonlySet<Client>): void {
  for (const client of clients) client.due += 1
}

function forgetDue(clients: ReadonlySet<Client>): void {
  for (const client of clients) client.due = 0
}

function isDueOne({ due, followsAll }: Client): boolean {
  return due === 1 && !followsAll
}

function deliverSeveral({ followers, delivery }: Ways, frames: readonly Addressed[]): void {
  const several = new Map<Client, Frame[]>()
  for (const { id, frame } of frames) collectSeveral(several, followers.of(id), frame)
  for (const [client, own] of several) for (const burst of joinFrames(own)) delivery.toEach([client], burst)
}

function collectSeveral(several: Map<Client, Frame[]>, clients: ReadonlySet<Client>, frame: Frame): void {
  for (const client of clients) {
    if (client.due < 2 || client.followsAll) continue
    const own = several.get(client)
    if (own) own.push(frame)
    else several.set(client, [frame])
  }
}

/** Tells a broadcast: one frame per flight, to those who follow it. */
export function deliverNotices(ways: Ways, entries: NoticeEntries): void {
  const { followers } = ways
  const wanted = [...entries].filter(([id]) => followers.all.size > 0 || followers.of(id).size > 0)
  deliver(
    ways,
    wanted.map(([id, entry]) => ({ id, frame: noticeFrame(entry) })),
  )
}

/** Departures that came into view: together with them, what a client has is the present again. */
function announce(gateway: FanOut, departures: readonly Departure[]): void {
  const { followers, snapshots } = gateway
  snapshots.invalidate()
  const ids = departures.map(({ id }) => id)
  deliverToAll(gateway, [snapshots.of(departures, ids, true)])
  const followed = departures.filter(({ id }) => followers.of(id).size > 0)
  deliverToFollowers(
    gateway,
    followed.map((departure) => ({
      id: departure.id,
      frame: snapshots.of([departure], [departure.id], true),
    })),
  )
}

/** The log lost its past, so positions that clients hold mean nothing any more: all start from the present. */
function resetAll({ clients, followers, snapshots, parts }: FanOut): void {
  snapshots.invalidate()
  for (const client of clients) {
    if (followers.all.has(client)) send(client.link, snapshots.all())
    if (client.flights.size === 0) continue
    const flights = [...client.flights]
    const departures = flights.flatMap((id) => parts.board.get(id) ?? [])
    send(client.link, snapshots.of(departures, flights, false))
  }
}
