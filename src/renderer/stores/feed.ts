import type { BoardMessage } from '../../shared/api/schemas.ts'
import { backOff } from '../api/back-off.ts'
import { type RequestFailure, toRequestFailure } from '../api/request-failure.ts'
import { ConnectError, type Connection, type Transport } from '../api/transport.ts'
import { applyDepartures, applySnapshot, type BoardStore } from './board-store.ts'
import type { ClockStore } from './clock-store.ts'
import type { ConnectionStore } from './connection-store.ts'
import { createMessageBatcher, type MessageBatcher } from './message-batcher.ts'

/** What a feed is made from. */
export interface FeedParts {
  readonly transport: Transport
  readonly board: BoardStore
  readonly clock: ClockStore
  readonly connection: ConnectionStore
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly random: () => number
}

/** Keeps the board's cache up with the desk service, through losses of the connection, for as long as it runs. */
export interface Feed {
  /** The open connection; `undefined` while there is none. */
  connection(): Connection | undefined
  /** Goes on after a sign-in, or tries again now instead of after the pause. */
  wake(): void
  /** Ends the present connection because the person has to sign in. */
  signOut(notice: string): void
  stop(): void
}

interface Run {
  readonly parts: FeedParts
  readonly batcher: MessageBatcher
  connection: Connection | undefined
  isStopped: boolean
  wake: () => void
}

/** Pulses come every two seconds; after this many silent milliseconds the line is dead even if nothing says so. */
export const SILENCE = 12_000

/** Starts a feed. */
export function startFeed(parts: FeedParts): Feed {
  const batcher = createMessageBatcher(({ snapshot, changed }) => {
    if (snapshot) applySnapshot(parts.board, snapshot, parts.now())
    applyDepartures(parts.board, changed, parts.now())
  })
  const run: Run = { parts, batcher, connection: undefined, isStopped: false, wake: () => undefined }
  void keepUp(run)
  return {
    connection: () => run.connection,
    wake: () => run.wake(),
    signOut: (notice) => leave(run, notice),
    stop() {
      run.isStopped = true
      run.batcher.clear()
      run.connection?.close()
      run.wake()
    },
  }
}

async function keepUp(run: Run): Promise<void> {
  const { connection, random } = run.parts
  let attempt = 0
  while (!run.isStopped) {
    // Also when somebody left during the pause: a session that could not be ended must not bring them back by itself.
    if (connection.getState().phase === 'signed-out') {
      await pause(run, undefined)
      if (run.isStopped) return
      connection.setState({ phase: 'connecting' })
      attempt = 0
    }
    const wasLive = await followOnce(run)
    if (run.isStopped) return
    if (connection.getState().phase === 'signed-out') continue
    connection.setState(({ heardAt }) => ({ phase: heardAt === undefined ? 'connecting' : 'reconnecting' }))
    attempt = wasLive ? 0 : attempt + 1
    await pause(run, backOff(attempt, random()))
  }
}

/** One connection from its opening to its end. @returns whether it came to life */
async function followOnce(run: Run): Promise<boolean> {
  let wasLive = false
  try {
    const opened = await run.parts.transport.connect()
    run.connection = opened
    if (run.isStopped) return false
    const actor = await opened.client.session.current()
    if (!actor) throw new ConnectError('signed-out')
    for await (const message of guard(await opened.client.departures.watch(), opened)) {
      receive(run, message)
      if (!wasLive) run.parts.connection.setState({ phase: 'live', actor, notice: '' })
      wasLive = true
    }
  } catch (error) {
    const failure = run.isStopped ? undefined : signedOutBy(error)
    if (failure) leave(run, failure.message)
  } finally {
    run.batcher.flush()
    run.connection?.close()
    run.connection = undefined
  }
  return wasLive
}

/** The messages of a feed; a silent line is closed, which ends them. */
async function* guard(messages: AsyncIterable<BoardMessage>, connection: Connection): AsyncGenerator<BoardMessage> {
  let timer = setTimeout(connection.close, SILENCE)
  try {
    for await (const message of messages) {
      clearTimeout(timer)
      timer = setTimeout(connection.close, SILENCE)
      yield message
    }
  } finally {
    clearTimeout(timer)
  }
}

function receive({ parts, batcher }: Run, message: BoardMessage): void {
  const heardAt = parts.now()
  parts.connection.setState({ heardAt })
  if (message.type !== 'changes') parts.clock.setState({ reading: message.clock, readAt: heardAt })
  if (message.type === 'pulse') parts.connection.setState({ publishing: message.publishing })
  batcher.add(message)
}

function signedOutBy(error: unknown): Pick<RequestFailure, 'message'> | undefined {
  if (error instanceof ConnectError) return error.failure === 'signed-out' ? { message: '' } : undefined
  const failure = toRequestFailure(error)
  return failure.kind === 'signed-out' ? failure : undefined
}

function leave(run: Run, notice: string): void {
  run.parts.connection.setState(({ actor }) => ({ phase: 'signed-out', actor: null, notice: actor ? notice : '' }))
  run.connection?.close()
  run.wake()
}

/** Waits until the time is up, or until somebody wakes the feed. */
function pause(run: Run, milliseconds: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds)
    run.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
