import { setImmediate } from 'node:timers/promises'
import { isFlightlineError } from '../../src/shared/lib/errors.ts'
import type { Log } from '../../src/shared/ports/log.ts'

/** One kind of work that is done again and again, never twice at a time. */
export interface LaneWork {
  readonly name: string
  /** Milliseconds after which it looks again without having been woken: a wake-up is only a hint. */
  readonly interval: number
  readonly logger: Log
  /** @returns whether there is more to do at once */
  work(): Promise<boolean>
}

/** A running lane. */
export interface Lane {
  readonly name: string
  wake(): void
  /** Attempts that failed in a row; 0 when the last one went well. */
  failures(): number
  /** Starts no further attempt; {@link close} waits for the one under way. */
  stop(): void
  /** Resolves when what was under way has ended. */
  close(): Promise<void>
}

interface LaneState {
  readonly parts: LaneWork
  failures: number
  woken: boolean
  closed: boolean
  resume: (() => void) | undefined
}

// A broker or a store comes back within seconds or within minutes: first tries are quick, later ones do not hammer it.
const FIRST_DELAY = 100
const LONGEST_DELAY = 5_000

/** Starts a lane. A failed attempt is repeated with growing, jittered delays that no wake-up cuts short. */
export function startLane(parts: LaneWork): Lane {
  const state: LaneState = { parts, failures: 0, woken: false, closed: false, resume: undefined }
  const running = run(state)
  return {
    name: parts.name,
    wake() {
      state.woken = true
      if (state.failures === 0) state.resume?.()
    },
    failures: () => state.failures,
    stop: () => stop(state),
    async close() {
      stop(state)
      await running
    },
  }
}

function stop(state: LaneState): void {
  state.closed = true
  state.resume?.()
}

async function run(state: LaneState): Promise<void> {
  while (!state.closed) {
    state.woken = false
    // Between two attempts everything else in the process gets its turn.
    if (await attempt(state)) await setImmediate()
    else await rest(state)
  }
}

async function attempt(state: LaneState): Promise<boolean> {
  const { logger, name } = state.parts
  try {
    const hasMore = await state.parts.work()
    if (state.failures > 0) logger.info({ lane: name, failures: state.failures }, 'work goes on again')
    state.failures = 0
    return hasMore
  } catch (err) {
    state.failures += 1
    // One line when it begins and one per minute or so afterwards; health says the rest.
    if (state.failures === 1 || state.failures % 12 === 0) report(state, err)
    return false
  }
}

function report({ parts, failures }: LaneState, err: unknown): void {
  const code = isFlightlineError(err) ? err.code : undefined
  parts.logger.error({ lane: parts.name, failures, code, err }, 'work failed; it is tried again')
}

async function rest(state: LaneState): Promise<void> {
  const isRetry = state.failures > 0
  if (state.closed || (state.woken && !isRetry)) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, isRetry ? backOff(state.failures) : state.parts.interval)
  state.resume = resolve
  await promise
  state.resume = undefined
  clearTimeout(timer)
}

/** Milliseconds before the next try: doubling up to a bound, half of it by chance so that processes do not march in step. */
export function backOff(failures: number): number {
  const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.min(failures - 1, 16))
  return full / 2 + Math.random() * (full / 2)
}
