import { isDepartureId } from '../../src/shared/domain/departure-id.ts'
import { covers, formatPosition, parsePosition } from '../../src/shared/events/position.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { Ahead } from './catch-up.ts'
import type { Client } from './client.ts'
import { errorFrame, type Frame } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { send, sendAllAnew, sendAnew } from './link.ts'

// One frame may name hundreds of flights; a client that got them all wrong learns that from the first few.
const UNKNOWN_NAMED = 20

/** Follows everything from now on; `since` saves what the client has already. */
export function followAll(gateway: Gateway, client: Client, since: string | undefined): void {
  const { board } = gateway.parts
  const from = since === undefined ? undefined : parsePosition(since)
  const request = Symbol('follow all')
  client.pendingAll = request
  const answer = () => {
    if (client.pendingAll !== request) return
    client.pendingAll = undefined
    const { followers, snapshots } = gateway
    if (!client.followsAll) client.allFrom = gateway.backlog.end()
    followers.followAll(client)
    const snapshot = from ? snapshots.since(formatPosition(from), () => board.changedSince(from)) : snapshots.all()
    sendAllAnew(client.link, asTaken(gateway, client, snapshot))
  }
  const isHere = () => !from || from.epoch !== board.position().epoch || covers(board.position(), from)
  answerWhenHere(gateway, client, { isHere, answer })
}

/** Follows chosen flights; the revisions in `asked` say what the client has of each. */
export function followFlights(gateway: Gateway, client: Client, asked: Map<string, number>): void {
  const { board } = gateway.parts
  if (exceedsLimit(gateway, client, asked)) {
    send(client.link, errorFrame(new FlightlineError('FL_FOLLOW_LIMIT', { limit: gateway.limits.followedFlights })))
    return
  }
  const unknown = [...asked.keys()].filter((id) => !board.get(id))
  for (const id of unknown.slice(0, UNKNOWN_NAMED)) {
    send(client.link, errorFrame(new FlightlineError('FL_DEPARTURE_UNKNOWN', { id })))
  }
  const isAhead = () => [...asked].some(([id, has]) => (board.get(id)?.revision ?? has) < has)
  client.pendingFlights.add(asked)
  const answer = () => {
    client.pendingFlights.delete(asked)
    answerFlights(gateway, client, { asked, recovered: unknown.length === 0 && !isAhead() })
  }
  answerWhenHere(gateway, client, { isHere: () => !isAhead(), answer })
}

function answerWhenHere({ catchUp, clients }: Gateway, client: Client, ways: Pick<Ahead, 'isHere' | 'answer'>): void {
  catchUp.whenHere({ ...ways, client, isGone: () => !clients.has(client) })
}

function exceedsLimit({ limits }: Gateway, client: Client, asked: ReadonlyMap<string, number>): boolean {
  const pending = [...client.pendingFlights].flatMap((other) => [...other.keys()])
  return new Set([...client.flights, ...pending, ...asked.keys()]).size > limits.followedFlights
}

interface Asked {
  readonly asked: ReadonlyMap<string, number>
  readonly recovered: boolean
}

/** Following begins with the snapshot and not before: a frame in between would cover what the client has not got yet. */
function answerFlights(gateway: Gateway, client: Client, { asked, recovered }: Asked): void {
  const { parts, followers, snapshots } = gateway
  const ids = [...asked.keys()]
  // What it has been getting already goes on in its turn: frames behind it would cover what only the snapshot tells.
  const flights = ids.filter((id) => !client.flights.has(id))
  const upTo = client.followsAll ? client.allFrom : gateway.backlog.end()
  // A flight that is not known yet may be added later; what can never be an id is not remembered.
  for (const id of ids) if (isDepartureId(id)) followers.follow(client, id)
  const departures = ids.flatMap((id) => parts.board.get(id) ?? [])
  // Who did not recover starts over, and needs also what it had.
  const missing = recovered ? departures.filter(({ id, revision }) => revision !== asked.get(id)) : departures
  const snapshot = snapshots.of(missing, ids, recovered)
  sendAnew(client.link, asTaken(gateway, client, snapshot), { flights, upTo })
}

/** A snapshot as the client takes it. */
function asTaken({ snapshots }: Gateway, { takesCompressed }: Client, snapshot: Frame): Frame {
  return takesCompressed ? snapshots.compressed(snapshot) : snapshot
}
