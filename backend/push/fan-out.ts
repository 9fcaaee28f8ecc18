import type { BoardChange, BoardListener } from '../../src/shared/desk/board.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import type { DepartureId } from '../../src/shared/domain/departure-id.ts'
import type { Client } from './client.ts'
import { type Addressed, departureFrame, isLong, joinFrames, noticeFrame, type Placed } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { hasAnswers, sendAllAnew, sendAnew } from './link.ts'
import type { NoticeEntries } from './notice-board.ts'
import { FULL_SNAPSHOT } from './snapshots.ts'

type FanOut = Pick<
  Gateway,
  'parts' | 'metrics' | 'totals' | 'followers' | 'delivery' | 'backlog' | 'snapshots' | 'clients'
>
type Ways = Pick<Gateway, 'followers' | 'delivery' | 'backlog'>

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
  const wanted = newestOfEach(
    gateway,
    changes.filter(({ departure }) => isFollowed(followers, departure.id)),
  )
  if (wanted.length === 0) return
  deliver(gateway, wanted.map(departureFrame))
  const now = parts.clock.wall()
  for (const { change } of wanted) metrics.delivery.observe(Math.max(0, now - change.at) / 1000)
}

/** Whether anybody gets what is told of a flight. */
function isFollowed(followers: Ways['followers'], id: DepartureId): boolean {
  return followers.all.size() > 0 || followers.of(id).size > 0
}

/** Of several changes of a departure that came together everybody gets the newest, in its place: state, not history. */
function newestOfEach({ followers, totals }: FanOut, changes: readonly BoardChange[]): readonly BoardChange[] {
  if (changes.length === 1) return changes
  const newest = new Map<DepartureId, BoardChange>()
  for (const change of changes) newest.set(change.departure.id, change)
  if (newest.size === changes.length) return changes
  return changes.filter((change) => {
    const { id } = change.departure
    const isNewest = newest.get(id) === change
    if (!isNewest) totals.conflated += followers.all.size() + followers.of(id).size
    return isNewest
  })
}

/** All frames of this tick go to a socket in one write, unless they are more than it takes in one. */
function deliver({ followers, delivery, backlog }: Ways, frames: readonly Addressed[]): void {
  const hasSeveralWrites = isLong(frames)
  const start = backlog.tell(frames, hasSeveralWrites)
  const placed = frames.map((frame, at) => ({ frame, place: start + at + 1 }))
  if (followers.all.size() > 0) for (const burst of joinFrames(placed)) delivery.toEverybody(followers.all, burst)
  deliverToFollowers({ followers, delivery }, placed)
  if (hasSeveralWrites) backlog.trim()
}

/** Most followers get one frame of a tick, which they share; the few that get more have theirs joined for them alone. */
function deliverToFollowers(ways: Pick<Ways, 'followers' | 'delivery'>, frames: readonly Placed[]): void {
  const { followers, delivery } = ways
  if (followers.flights() === 0) return
  if (frames.length > 1) for (const { frame } of frames) countDue(followers.of(frame.id))
  const isMeant = frames.length > 1 ? isDueOne : isChoosing
  for (const { frame, place } of frames) {
    delivery.toEach(followers.of(frame.id), { bytes: frame.bytes, count: 1, place }, isMeant)
  }
  if (frames.length === 1) return
  deliverSeveral(ways, frames)
  for (const { frame } of frames) forgetDue(followers.of(frame.id))
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

/** Whoever follows everything as well has got it with everything. */
function isChoosing({ followsAll }: Client): boolean {
  return !followsAll
}

function deliverSeveral(
  { followers, delivery }: Pick<Ways, 'followers' | 'delivery'>,
  frames: readonly Placed[],
): void {
  const several = new Map<Client, Placed[]>()
  for (const placed of frames) collectSeveral(several, followers.of(placed.frame.id), placed)
  for (const [client, own] of several) for (const burst of joinFrames(own)) delivery.toEach([client], burst)
}

function collectSeveral(several: Map<Client, Placed[]>, clients: ReadonlySet<Client>, placed: Placed): void {
  for (const client of clients) {
    if (client.due < 2 || client.followsAll) continue
    const own = several.get(client)
    if (own) own.push(placed)
    else several.set(client, [placed])
  }
}

/** Tells a broadcast: one frame per flight, to those who follow it. */
export function deliverNotices(ways: Ways, entries: NoticeEntries): void {
  const { followers } = ways
  const wanted = [...entries].filter(([id]) => isFollowed(followers, id))
  if (wanted.length > 0) {
    deliver(
      ways,
      wanted.map(([id, entry]) => noticeFrame(id, entry)),
    )
  }
}

/** Departures that came into view: together with them, what a client has is the present again. */
function announce(gateway: FanOut, departures: readonly Departure[]): void {
  const { followers, snapshots } = gateway
  snapshots.invalidate()
  const wanted = departures.filter(({ id }) => isFollowed(followers, id))
  if (wanted.length === 0) return
  deliver(
    gateway,
    wanted.map((departure) => ({
      ...snapshots.of([departure], [departure.id], true),
      key: departure.id,
      id: departure.id,
    })),
  )
}

/** The log lost its past, so positions that clients hold mean nothing any more: all start from the present. */
function resetAll({ clients, snapshots, parts, backlog }: FanOut): void {
  snapshots.invalidate()
  for (const client of clients) {
    // Answers that wait cover what is not sent before them any more: who comes back gets it.
    if (hasAnswers(client.link, FULL_SNAPSHOT)) {
      client.link.parts.giveUp()
      continue
    }
    if (client.followsAll) sendAllAnew(client.link, snapshots.all())
    if (client.flights.size === 0) continue
    const flights = [...client.flights]
    const departures = flights.flatMap((id) => parts.board.get(id) ?? [])
    sendAnew(client.link, snapshots.of(departures, flights, false), { flights, upTo: backlog.end() })
  }
}
