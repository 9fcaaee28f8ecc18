import type { BoardChange, BoardListener } from '../../src/shared/desk/board.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import type { Followers } from './followers.ts'
import { departureFrame, type Frame, joinFrames, noticeFrame } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { send, sendBurst } from './link.ts'
import type { NoticeEntries } from './notice-board.ts'

type FanOut = Pick<Gateway, 'parts' | 'metrics' | 'followers' | 'snapshots' | 'clients'>

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
  const frames = wanted.map(departureFrame)
  deliverToAll(followers, frames)
  for (const frame of frames) if (frame.key !== undefined) deliverToFollowers(followers, frame.key, frame)
  const now = parts.clock.wall()
  for (const { change } of wanted) metrics.delivery.observe(Math.max(0, now - change.at) / 1000)
}

/** All frames of this tick go to a socket in one write. */
function deliverToAll(followers: Followers, frames: readonly Frame[]): void {
  if (followers.all.size === 0) return
  for (const burst of joinFrames(frames)) {
    for (const client of followers.all) sendBurst(client.link, burst)
  }
}

function deliverToFollowers(followers: Followers, id: string, frame: Frame): void {
  for (const client of followers.of(id)) if (!client.followsAll) send(client.link, frame)
}

/** Tells a broadcast: one frame per flight, to those who follow it. */
export function deliverNotices(followers: Followers, entries: NoticeEntries): void {
  const wanted = [...entries].filter(([id]) => followers.all.size > 0 || followers.of(id).size > 0)
  const frames = wanted.map(([id, entry]) => [id, noticeFrame(entry)] as const)
  deliverToAll(
    followers,
    frames.map(([, frame]) => frame),
  )
  for (const [id, frame] of frames) deliverToFollowers(followers, id, frame)
}

/** Departures that came into view: together with them, what a client has is the present again. */
function announce(gateway: FanOut, departures: readonly Departure[]): void {
  const { followers, snapshots } = gateway
  snapshots.invalidate()
  const ids = departures.map(({ id }) => id)
  deliverToAll(followers, [snapshots.of(departures, ids, true)])
  for (const departure of departures) {
    if (followers.of(departure.id).size === 0) continue
    deliverToFollowers(followers, departure.id, snapshots.of([departure], [departure.id], true))
  }
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
