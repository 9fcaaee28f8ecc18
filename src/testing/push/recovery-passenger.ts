import { WebSocket } from 'ws'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { isWithin, parsePosition } from '../../shared/events/position.ts'
import type { Random } from '../chain/random.ts'
import { coming, type Scene, type SceneGateway, staying } from './recovery-scene.ts'
import { createScreen, type Reading, type Screen } from './screen.ts'

type Wish = 'all' | 'flights'
type Snapshot = Extract<ServerFrame, { op: 'snapshot' }>

/** One client of a run, which comes and goes and keeps what it was told. */
export interface Passenger {
  readonly screen: Screen
  readonly flights: ReadonlySet<string>
  readonly wishes: 'all' | 'flights' | 'both'
  /** What it asks for on this socket, in turn; what stands together is asked for at once. */
  plan: (readonly Wish[])[]
  /** What was asked for and is not answered. */
  asked: Wish[]
  /** How many things were asked for at once: of several nobody knows which answer comes first. */
  together: number
  readonly answered: Set<Wish>
  socket: WebSocket | undefined
  /** The first promise that was broken. */
  problem: string | undefined
}

const schedules = new Map([...staying, ...coming].map((flight) => [flight.id, flight]))

const NOTHING: ReadonlySet<string> = new Set()

/** Makes one that follows everything, chosen flights, or both at the same time. */
export function createPassenger({ random, published }: Scene): Passenger {
  const chosen = staying.filter(() => random.whole(0, 5) === 0)
  const early = random.whole(0, 3) === 0 ? [random.pick(coming)] : []
  const flights = new Set([...chosen, ...early].map(({ id }) => id))
  const wishes = random.pick(['all', 'flights', 'both'] as const)
  const screen = createScreen(published.latest, wishes === 'flights' ? flights : undefined, (id, position) => {
    const flight = schedules.get(id)
    return flight !== undefined && isWithin(flight, position)
  })
  return {
    ...{ screen, flights, wishes, plan: [], asked: [], together: 0, answered: new Set() },
    ...{ socket: undefined, problem: undefined },
  }
}

/** Connects to any gateway and asks for what is missing, as a page does. */
export async function connect(scene: Scene, who: Passenger): Promise<void> {
  const gateway = scene.random.pick(scene.gateways)
  const socket = new WebSocket(gateway.url)
  // Whoever is refused, or loses the gateway in the middle, comes back later.
  socket.on('error', () => undefined)
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.once('close', () => resolve(false))
  })
  if (!isOpen) return
  scene.counts.connects += 1
  who.socket = socket
  who.screen.reconnected()
  who.answered.clear()
  who.asked = []
  who.plan = plan(scene, who)
  socket.on('message', (data) => {
    if (who.socket === socket) receive({ scene, gateway, who }, JSON.parse(String(data)))
  })
  askNext(who)
}

/** Many ask again for what they follow already, some of them several times. */
function plan({ random }: Scene, who: Passenger): (readonly Wish[])[] {
  return Array.from({ length: random.pick([1, 1, 2, 6]) }, () => planOnce(random, who)).flat()
}

function planOnce(random: Random, { wishes }: Passenger): (readonly Wish[])[] {
  if (wishes !== 'both') return [[wishes]]
  return random.pick([
    () => [['all'], ['flights']] satisfies Wish[][],
    () => [['flights'], ['all']] satisfies Wish[][],
    () => [['all', 'flights']] satisfies Wish[][],
    () => [['flights', 'all']] satisfies Wish[][],
    () => [['all', 'flights', 'all']] satisfies Wish[][],
  ])()
}

function askNext(who: Passenger): void {
  const wishes = who.plan.shift() ?? []
  who.together = wishes.length
  who.asked.push(...wishes)
  for (const wish of wishes) who.socket?.send(JSON.stringify(request(who, wish)))
}

function request({ screen, flights }: Passenger, wish: Wish): object {
  if (wish === 'all') return { op: 'follow', all: true, since: screen.position() }
  const asked = [...flights].map((id) => [id, screen.departures.get(id)?.revision ?? 0])
  return { op: 'follow', flights: Object.fromEntries(asked) }
}

interface Meeting {
  readonly scene: Scene
  readonly gateway: SceneGateway
  readonly who: Passenger
}

function receive(meeting: Meeting, frame: ServerFrame): void {
  const { scene, who } = meeting
  scene.counts.frames += 1
  if (frame.op === 'snapshot') {
    if (frame.recovered) scene.counts.recovered += 1
    if (isOfUnknown(who, frame)) {
      startAnew(who)
      return
    }
  }
  try {
    take(meeting, frame)
  } catch (error) {
    who.problem ??= error instanceof Error ? error.message : String(error)
  }
  if (who.asked.length === 0) askNext(who)
}

function take(meeting: Meeting, frame: ServerFrame): void {
  const { screen } = meeting.who
  const answers = frame.op === 'snapshot' ? noteAnswer(meeting.who, frame) : undefined
  const reading = readingOf(meeting.who, answers)
  const before = new Set(screen.departures.keys())
  screen.receive(frame, reading)
  if (answers === 'all' && frame.op === 'snapshot' && frame.recovered) checkRecovered(meeting, frame, before)
}

/** Not recovered, and nobody knows whether all that is shown is in doubt, or the chosen flights are. */
function isOfUnknown({ together, asked }: Passenger, { recovered }: Snapshot): boolean {
  return together > 1 && asked.length > 0 && !recovered
}

function startAnew(who: Passenger): void {
  who.screen.forget()
  who.socket?.terminate()
  who.socket = undefined
}

/** @returns what it answers, where that is sure */
function noteAnswer(who: Passenger, frame: Snapshot): Wish | undefined {
  const wish = isAnnouncement(who, frame) ? undefined : who.asked.shift()
  if (wish === undefined) return undefined
  if (who.together > 1) {
    if (who.asked.length === 0) for (const answered of ['all', 'flights'] as const) who.answered.add(answered)
    return undefined
  }
  who.answered.add(wish)
  return wish
}

/**
 * Whether it may tell of a flight that came into view rather than be the answer that is awaited. If it is that answer,
 * nothing is lost: the next socket resumes where this one did.
 */
function isAnnouncement({ flights, together, asked, answered }: Passenger, frame: Snapshot): boolean {
  const [only, more] = frame.departures
  if (!frame.recovered || !only || more) return false
  const mayFollow = together > 1 && asked.length < together
  return mayFollow || answered.has('all') || (answered.has('flights') && flights.has(only.id))
}

function readingOf({ wishes, flights, answered }: Passenger, answers: Wish | undefined): Reading {
  // Nothing that did not recover comes but answers, and where it is not sure which one it is the client starts anew.
  const isOfFlights = answers !== 'all'
  if (wishes !== 'both' || answered.has('all')) return { isOfFlights }
  return { isOfFlights, speaksOf: answered.has('flights') ? flights : NOTHING }
}

/**
 * `recovered` is true only when what was shown and the snapshot are the present: what the board showed when it answered,
 * each departure as the log tells before the position, unless something newer of it is on its way, for which what is
 * older may have been left out before.
 */
function checkRecovered({ scene, gateway, who }: Meeting, frame: Snapshot, before: ReadonlySet<string>): void {
  const position = parsePosition(frame.position)
  const present = gateway.shown.get(frame.position) ?? []
  if (!position) return
  for (const id of present) {
    const due = scene.published.lastBefore(position, id) ?? 0
    const shown = who.screen.departures.get(id)?.revision ?? 0
    if (shown < due) throw new Error(`recovered at ${frame.position} without ${id}:${due}, the screen shows ${shown}`)
  }
  if (present.length === 0) return
  for (const { id } of frame.departures) if (!before.has(id)) scene.counts.entered += 1
}
