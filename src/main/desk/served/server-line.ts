import { pause } from '../../../node/readers/pause.ts'
import { FlightlineError, isFlightlineError } from '../../../shared/lib/errors.ts'
import { fullJitter } from '../../../shared/lib/full-jitter.ts'
import { FIRST_PATIENCE, LOOK_EVERY, type UpstreamParts } from '../upstream.ts'
import { describeServerLoss } from './describe-server-loss.ts'
import { openSocket, Refused, type ServerSocket } from './open-socket.ts'

/** The one socket to the server, opened again whenever it ends. There is none while nobody is signed in. */
export interface ServerLine {
  /**
   * The open socket; a try that is going on is waited for.
   * @throws FlightlineError `FL_SESSION_MISSING` while nobody is signed in, `FL_DESK_UNAVAILABLE` while there is none
   */
  socket(): Promise<ServerSocket>
  close(): Promise<void>
}

/** What it is made from. */
export interface LineParts extends UpstreamParts {
  readonly base: URL
  /** Resolves when the server answers; asked while there is no session to open a socket with. */
  readonly probe: () => Promise<void>
}

// A server that restarts has all its desks coming back.
const PAUSES = { first: 500, longest: 15_000 }
const FAREWELL = 1_500

interface State {
  readonly parts: LineParts
  readonly stop: AbortController
  /** Ends the pause between two tries. */
  hurry: AbortController
  /** Resolves when the try that is going on, or about to begin, has ended one way or the other. */
  attempt: PromiseWithResolvers<void>
  open: ServerSocket | undefined
}

/** Starts to keep one open. */
export function startServerLine(parts: LineParts): ServerLine {
  const state: State = {
    ...{ parts, stop: new AbortController(), hurry: new AbortController() },
    ...{ attempt: Promise.withResolvers<void>(), open: undefined },
  }
  const stops = [parts.session.onChange(() => tryNow(state)), parts.timer.every(LOOK_EVERY, () => state.open?.check())]
  const running = keepUp(state)
  return {
    async socket() {
      if (parts.session.token() === undefined) throw new FlightlineError('FL_SESSION_MISSING')
      if (!state.open) await Promise.race([state.attempt.promise, pause(FIRST_PATIENCE, state.stop.signal)])
      if (parts.session.token() === undefined) throw new FlightlineError('FL_SESSION_EXPIRED')
      if (!state.open) throw new FlightlineError('FL_DESK_UNAVAILABLE')
      return state.open
    },
    async close() {
      for (const stop of stops) stop()
      state.stop.abort()
      state.attempt.resolve()
      state.hurry.abort()
      state.open?.close()
      // A question that is still open is not worth waiting for.
      await Promise.race([running, pause(FAREWELL, new AbortController().signal)])
    },
  }
}

/** Somebody else is signed in, or nobody: the open socket is theirs no more, and there is no reason to wait. */
function tryNow(state: State): void {
  if (state.stop.signal.aborted) return
  state.attempt.resolve()
  state.attempt = Promise.withResolvers<void>()
  state.open?.close()
  state.open = undefined
  state.hurry.abort()
}

async function keepUp(state: State): Promise<void> {
  const { signal } = state.stop
  for (let failures = 0; !signal.aborted; ) {
    const { attempt, hurry } = state
    const wasUp = await tryOnce(state)
    attempt.resolve()
    failures = wasUp ? 0 : failures + 1
    // Nobody is signed in: the server is asked now and then, so that the sign-in form knows how it is.
    const isWaiting = state.parts.session.token() === undefined && wasUp
    const rest = isWaiting ? LOOK_EVERY : fullJitter(PAUSES, failures, Math.random())
    if (state.hurry === hurry) await pause(rest, hurry.signal)
    if (state.hurry.signal.aborted) state.hurry = new AbortController()
  }
}

/** One try, and the life of the socket that it opened. @returns whether the server was reached */
async function tryOnce(state: State): Promise<boolean> {
  const { parts } = state
  const token = parts.session.token()
  try {
    if (token === undefined) await parts.probe()
    else await live(state, token)
    if (token === undefined) setLinks(parts, 'ok')
    return true
  } catch (error) {
    if (!state.stop.signal.aborted) judge(state, error, token)
    return false
  }
}

async function live(state: State, token: string): Promise<void> {
  const { parts, attempt } = state
  const socket = await openSocket(parts.base, token, state.stop.signal)
  if (state.stop.signal.aborted || parts.session.token() !== token) return socket.close()
  state.open = socket
  setLinks(parts, 'ok')
  attempt.resolve()
  const reason = await socket.ended
  if (state.open === socket) state.open = undefined
  if (parts.session.token() !== token) return
  if (reason === 'FL_SESSION_EXPIRED') parts.session.end(new FlightlineError('FL_SESSION_EXPIRED'))
  else if (!state.stop.signal.aborted) setLinks(parts, 'lost', 'The connection to the server was lost.')
}

function judge({ parts }: State, error: unknown, token: string | undefined): void {
  const isEnded = error instanceof Refused && error.status === 401
  if (isEnded) {
    setLinks(parts, 'ok')
    if (parts.session.token() === token) parts.session.end(new FlightlineError('FL_SESSION_EXPIRED'))
    return
  }
  setLinks(parts, 'lost', describe(error))
  parts.logger.warn({ err: error }, 'the server could not be reached; it is tried again')
}

function describe(error: unknown): string {
  if (error instanceof Refused) return `The server refuses this desk (${error.status}).`
  if (isFlightlineError(error)) return String(error.details.problem ?? error.message)
  return describeServerLoss(error)
}

/** Behind a server both are the server's business: to this desk they are well or lost together. */
function setLinks({ links }: LineParts, status: 'ok' | 'lost', message?: string): void {
  links.set('store', status, message)
  links.set('log', status, message)
}
