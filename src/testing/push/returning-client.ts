import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import type { LogRecord } from '../../shared/ports/event-log.ts'
import { createScreen, type Screen } from './screen.ts'

/** What a client is made from. */
export interface ReturningParts {
  readonly url: string
  /** The newest record of each departure, to check with every frame what it covers. */
  readonly published: () => readonly LogRecord[]
  /** Chosen flights; everything when absent. */
  readonly followed?: ReadonlySet<string>
  /** Called with each frame before anything else is read; `true`: leave at once and come back from inside the handler. */
  readonly leaves?: (frame: ServerFrame) => boolean
}

/** A client that comes back at once, again and again, whatever ends its socket. */
export interface ReturningClient {
  readonly screen: Screen
  /** Promises that were broken; see `screen.ts`. None when all is well. */
  readonly problems: readonly string[]
  /** What each answer said about what was missed. */
  readonly answers: readonly boolean[]
  /** Every departure frame as `id:revision`. */
  readonly frames: readonly string[]
  setReading(isReading: boolean): void
  close(): void
}

interface State extends ReturningParts {
  readonly screen: Screen
  readonly problems: string[]
  readonly answers: boolean[]
  readonly frames: string[]
  socket: WebSocket | undefined
  isReading: boolean
  isClosed: boolean
}

// A server that is not there yet is not asked a thousand times a second.
const REFUSED_PAUSE = 20

/** Connects, and stays until closed. */
export function openReturningClient(parts: ReturningParts): ReturningClient {
  const state: State = {
    ...parts,
    screen: createScreen(parts.published, parts.followed),
    ...{ problems: [], answers: [], frames: [] },
    ...{ socket: undefined, isReading: true, isClosed: false },
  }
  connect(state)
  const { screen, problems, answers, frames } = state
  return {
    ...{ screen, problems, answers, frames },
    setReading(isReading) {
      state.isReading = isReading
      if (isReading) state.socket?.resume()
      else state.socket?.pause()
    },
    close() {
      state.isClosed = true
      state.socket?.terminate()
    },
  }
}

function connect(state: State): void {
  if (state.isClosed) return
  const socket = new WebSocket(state.url, { perMessageDeflate: false })
  state.socket = socket
  state.screen.reconnected()
  let hasOpened = false
  socket.on('error', () => undefined)
  socket.on('open', () => {
    hasOpened = true
    socket.send(JSON.stringify(request(state)))
    if (!state.isReading) socket.pause()
  })
  socket.on('message', (data) => {
    if (state.socket === socket) receive(state, JSON.parse(String(data)))
  })
  socket.on('close', async () => {
    if (state.socket !== socket) return
    if (!hasOpened) await sleep(REFUSED_PAUSE)
    connect(state)
  })
}

function request({ screen, followed }: State): object {
  if (!followed) return { op: 'follow', all: true, since: screen.position() }
  const flights = [...followed].map((id) => [id, screen.departures.get(id)?.revision ?? 0])
  return { op: 'follow', flights: Object.fromEntries(flights) }
}

function receive(state: State, frame: ServerFrame): void {
  try {
    note(state, frame)
    state.screen.receive(frame)
  } catch (error) {
    state.problems.push(error instanceof Error ? error.message : String(error))
  }
  if (!state.leaves?.(frame)) return
  const { socket } = state
  connect(state)
  socket?.terminate()
}

/** Stricter than the screen: what has been shown is not sent again as a change. */
function note({ screen, answers, frames }: State, frame: ServerFrame): void {
  if (frame.op === 'snapshot') answers.push(frame.recovered)
  if (frame.op !== 'departure') return
  const { id, revision } = frame.departure
  frames.push(`${id}:${revision}`)
  const shown = screen.departures.get(id)?.revision ?? 0
  if (revision <= shown) throw new Error(`${id}:${revision} was sent to a screen that shows ${shown}`)
}
