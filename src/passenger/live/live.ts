import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { backOff, pauseAfterClose } from './back-off.ts'
import type { Connection } from './connection.ts'
import type { LiveParts, LiveSink, LiveSocket, PollAnswer } from './live-parts.ts'
import { createPollLoop, type PollLoop } from './poll-loop.ts'
import { readFrame } from './read-frame.ts'

/** No greeting within this time: the page polls meanwhile, for a server that has just started lets sockets in by turns. */
const HELLO_PATIENCE = 5000
/** Nor within this time more: something between here and the server swallows sockets. */
const TURN_PATIENCE = 18_000
/** No answer to a question within this time: the line is dead, whatever the operating system believes. */
const ANSWER_PATIENCE = 10_000
/** Openings that may fail before polling takes over. */
const TRIES = 2
/** While the server answers polls but no socket, that is tried again this often. */
const RETRY_PAUSE = 60_000
/** A server asks to be heard about this often when its greeting does not say. Seconds. */
const HEARTBEAT = 25

/** Keeps the page up to date: by socket, else by polling, and says which. */
export interface Live {
  /** The flights to be told about from now on. */
  watch(flightIds: Iterable<string>): void
  /** The page came back to the front or to the network: look at once instead of when a timer says so. */
  wake(): void
  close(): void
}

interface State {
  readonly parts: LiveParts
  readonly sink: LiveSink
  watched: ReadonlySet<string>
  socket: LiveSocket | undefined
  /** Whether the socket has greeted. */
  isLive: boolean
  heartbeat: number
  failures: number
  /** Polls are answered, so the server is there and it is the socket that is barred. */
  isServed: boolean
  contactAt: number | undefined
  /** The flights of follows not yet answered, in order: a snapshot answers the oldest. */
  asked: (readonly string[])[]
  readonly loop: PollLoop
  isClosed: boolean
  cancelTimer: () => void
}

/** Connects at once and stays connected until closed. */
export function createLive(parts: LiveParts, sink: LiveSink): Live {
  const loop = createPollLoop(parts, {
    answered: (answer, isRunning) => takeAnswer(state, answer, isRunning),
    failed: () => takeFailure(state),
  })
  const state: State = {
    ...{ parts, sink, loop },
    watched: new Set(),
    socket: undefined,
    isLive: false,
    heartbeat: HEARTBEAT,
    failures: 0,
    isServed: false,
    contactAt: undefined,
    asked: [],
    isClosed: false,
    cancelTimer: () => undefined,
  }
  connect(state)
  return {
    watch: (flightIds) => watch(state, new Set(flightIds)),
    wake: () => wake(state),
    close() {
      state.isClosed = true
      loop.stop()
      dropSocket(state)
    },
  }
}

function connect(state: State): void {
  if (state.isClosed) return
  const attempt: { socket?: LiveSocket; isOver: boolean } = { isOver: false }
  const isOurs = () => !attempt.isOver && !state.isClosed && (!attempt.socket || state.socket === attempt.socket)
  setTimer(state, HELLO_PATIENCE, () => {
    state.loop.start()
    setTimer(state, TURN_PATIENCE, () => {
      attempt.isOver = true
      state.failures = Math.max(state.failures, TRIES)
      lose(state)
    })
  })
  attempt.socket = state.parts.openSocket({
    message: (text) => isOurs() && receive(state, text),
    closed(code) {
      if (!isOurs()) return
      attempt.isOver = true
      lose(state, code)
    },
  })
  state.socket = attempt.isOver ? undefined : attempt.socket
}

function receive(state: State, text: string): void {
  const frame = readFrame(text)
  state.contactAt = state.parts.now()
  if (frame?.op === 'hello') greet(state, frame)
  else if (frame && state.isLive) take(state, frame)
  if (state.isLive) expectSign(state)
}

function greet(state: State, frame: Extract<ServerFrame, { op: 'hello' }>): void {
  state.isLive = true
  state.failures = 0
  state.isServed = false
  state.heartbeat = frame.heartbeat > 0 ? frame.heartbeat : HEARTBEAT
  state.asked = []
  state.loop.stop()
  state.sink.clock(frame.clock)
  report(state, 'live')
  // Who says nothing is taken for nobody and closed.
  if (!follow(state, [...state.watched])) state.socket?.send(JSON.stringify({ op: 'unfollow', flights: [] }))
}

function take(state: State, frame: ServerFrame): void {
  const { sink, parts } = state
  if (frame.op === 'snapshot') {
    takeSnapshot(state, frame)
  } else if (frame.op === 'departure') {
    sink.flights([frame.departure])
  } else if (frame.op === 'notice') {
    sink.notice(frame)
  }
  // While a follow is unanswered, the position says nothing about its flights, and polling from it could miss a change.
  if ('position' in frame && state.asked.length === 0) parts.poller.continueFrom(frame.position)
}

/**
 * Answers may overtake each other, so only one that is awaited alone is sure to name all notices of its flights; another
 * adds what it names, and the next question clears what has ended.
 */
function takeSnapshot({ asked, sink }: State, frame: Extract<ServerFrame, { op: 'snapshot' }>): void {
  const { departures, notices = [] } = frame
  const isAlone = asked.length === 1
  const flightIds = asked.shift() ?? []
  sink.flights(departures)
  sink.notices(isAlone ? flightIds : notices.map(({ flightId }) => flightId), notices)
}

/** A page cannot see the server's pings, so after a silence it asks for what it has; the answer also repairs it. */
function expectSign(state: State): void {
  setTimer(state, state.heartbeat * 1000, () => ask(state))
}

function ask(state: State): void {
  if (follow(state, [...state.watched])) setTimer(state, ANSWER_PATIENCE, () => lose(state))
  else expectSign(state)
}

function watch(state: State, next: ReadonlySet<string>): void {
  const added = [...next].filter((id) => !state.watched.has(id))
  const removed = [...state.watched].filter((id) => !next.has(id))
  state.watched = next
  if (!state.isLive) return
  if (removed.length > 0) state.socket?.send(JSON.stringify({ op: 'unfollow', flights: removed }))
  follow(state, added)
}

/** @returns whether there was anything to follow */
function follow(state: State, flightIds: readonly string[]): boolean {
  if (flightIds.length === 0) return false
  const flights = Object.fromEntries(flightIds.map((id) => [id, state.sink.revisionOf(id)]))
  state.asked.push(flightIds)
  state.socket?.send(JSON.stringify({ op: 'follow', flights }))
  return true
}

/** The socket failed, closed or fell silent: try again later, and poll meanwhile when it seems barred. */
function lose(state: State, code?: number): void {
  if (state.isClosed) return
  const wasLive = state.isLive
  dropSocket(state)
  if (!wasLive) state.failures++
  const random = state.parts.random()
  setTimer(state, wasLive ? pauseAfterClose(code, random) : pauseAfterFailure(state, random), () => connect(state))
  if (wasLive) report(state, 'offline')
  if (state.failures >= TRIES) state.loop.start()
}

/** A server that is away is tried often, since it may be back any moment; a socket that is barred stays so for long. */
function pauseAfterFailure({ failures, isServed }: State, random: number): number {
  return failures >= TRIES && isServed ? RETRY_PAUSE * (0.75 + random / 2) : backOff(failures, random)
}

function dropSocket(state: State): void {
  const { socket } = state
  state.cancelTimer()
  state.socket = undefined
  state.isLive = false
  socket?.close()
}

function takeAnswer(state: State, { flights, notices }: PollAnswer, isPolling: boolean): void {
  const { parts, sink, watched } = state
  sink.flights(flights.filter(({ id }) => watched.has(id)))
  if (!isPolling) return
  state.isServed = true
  state.contactAt = parts.now()
  sink.notices([...watched], notices)
  report(state, 'polling')
}

/** The server does not answer at all: it is not the socket that is barred, so that need not wait for long. */
function takeFailure(state: State): void {
  const { isServed, socket, failures, parts } = state
  state.isServed = false
  if (isServed && !socket) setTimer(state, backOff(failures, parts.random()), () => connect(state))
  report(state, 'offline')
}

function wake(state: State): void {
  if (state.isLive) ask(state)
  state.loop.hurry()
  if (!state.socket) connect(state)
}

function report(state: State, mode: Connection['mode']): void {
  const { contactAt } = state
  state.sink.status(contactAt === undefined ? { mode } : { mode, contactAt })
}

function setTimer(state: State, pause: number, run: () => void): void {
  state.cancelTimer()
  state.cancelTimer = state.parts.timer.after(pause, run)
}
