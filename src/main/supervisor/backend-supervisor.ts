import type { BackendReport } from '../../shared/api/backend-messages.ts'
import type { BackendState } from '../../shared/api/desktop-schemas.ts'
import { isSame } from '../../shared/lib/is-same.ts'
import type { Clock } from '../../shared/ports/clock.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { Health } from './ask-health.ts'
import { environmentOf, type ForkBackend } from './backend-process.ts'
import { type BackendRun, type RunParts, watchRun } from './backend-run.ts'
import { restartPause } from './restart-pause.ts'

/** What supervising needs. */
export interface SupervisorParts extends RunParts {
  readonly fork: ForkBackend
  /** The backend's bundle. */
  readonly path: string
  readonly clock: Pick<Clock, 'wall'>
  readonly random: () => number
  readonly logger: Log
}

/** Keeps the bundled backend running for as long as this desktop is its station's server. */
export interface BackendSupervisor {
  read(): BackendState
  /** @returns the end of the subscription */
  onChange(listener: (state: BackendState) => void): () => void
  /** Starts it with these settings, starts it again when they are others, or stops it when there are none. */
  run(environment: Readonly<Record<string, string>> | undefined): Promise<void>
  /** Stops it for good, within 20 s. */
  close(): Promise<void>
}

/** After this many calm milliseconds the next end is treated as the first. */
export const CALM = 60_000

/** Starting again would meet the same obstacle; a person has to remove it. */
const hopeless: ReadonlySet<string> = new Set(['FL_SETTINGS_INVALID', 'FL_SCHEMA_NEWER', 'FL_PII_KEY_FOREIGN'])
const EXIT_BAD_SETTINGS = 2

interface State {
  readonly parts: SupervisorParts
  readonly listeners: Set<(state: BackendState) => void>
  view: BackendState
  environment: Readonly<Record<string, string>> | undefined
  run: BackendRun | undefined
  attempt: number
  isHalting: boolean
  /** Cancels what is planned: the next start, the end of the calm time. */
  cancel: () => void
}

/** Creates a supervisor that runs nothing yet. */
export function createBackendSupervisor(parts: SupervisorParts): BackendSupervisor {
  const state: State = {
    ...{ parts, listeners: new Set(), environment: undefined, run: undefined },
    ...{ attempt: 0, isHalting: false, cancel: () => undefined },
    view: { status: 'off', since: parts.clock.wall(), restarts: 0 },
  }
  // One change of settings after the other, or two backends would fight for one port.
  let queue = Promise.resolve()
  let isClosed = false
  const enqueue = (work: () => Promise<void>) => {
    queue = queue.then(work)
    return queue
  }
  return {
    read: () => state.view,
    onChange(listener) {
      state.listeners.add(listener)
      return () => state.listeners.delete(listener)
    },
    // A desktop that is quit while it is still being started goes on starting for a moment.
    run: (environment) => enqueue(() => runWith(state, isClosed ? undefined : environment)),
    close() {
      isClosed = true
      return enqueue(() => runWith(state, undefined))
    },
  }
}

async function runWith(state: State, environment: State['environment']): Promise<void> {
  if (isSame(environment, state.environment) && state.view.status !== 'failed') return
  await halt(state)
  state.environment = environment
  state.attempt = 0
  if (environment) begin(state, 'starting')
  else show(state, { status: 'off' })
}

async function halt(state: State): Promise<void> {
  state.cancel()
  if (!state.run) return
  state.isHalting = true
  show(state, { status: 'stopping' })
  await state.run.stop()
  state.isHalting = false
}

function begin(state: State, status: 'starting' | 'restarting'): void {
  const { fork, path, logger } = state.parts
  show(state, { status })
  try {
    const env = environmentOf(state.environment ?? {}, process.env)
    const started = fork(path, [], { serviceName: 'Flightline backend', stdio: 'pipe', env })
    state.run = watchRun(state.parts, started, {
      started: (report) => begun(state, report),
      health: (health) => heard(state, health),
      ended: (code, failure) => ended(state, code, failure),
    })
  } catch (err) {
    logger.error({ err }, 'the backend could not be started')
    ended(state, 1, undefined)
  }
}

function begun(state: State, { url, departures }: Extract<BackendReport, { type: 'started' }>): void {
  state.parts.logger.info({ departures, restarts: state.view.restarts }, 'the backend runs')
  show(state, { status: 'running', url })
  state.cancel = state.parts.timer.after(CALM, () => {
    state.attempt = 0
  })
}

function heard(state: State, health: Health): void {
  if (state.view.status !== 'running') return
  const message = describeHealth(health)
  if (message === state.view.message) return
  if (message !== undefined) state.parts.logger.warn({ health: health.status }, message)
  const { message: _before, ...view } = state.view
  tell(state, { ...view, ...(message !== undefined && { message }) })
}

function describeHealth(health: Health): string | undefined {
  if (health.status === 'ok') return undefined
  if (health.status === 'silent') return 'The backend does not answer.'
  return `The backend runs, but not well: ${health.parts.join(', ') || 'see its log'}.`
}

function ended(state: State, code: number, failure: Extract<BackendReport, { type: 'failed' }> | undefined): void {
  state.run = undefined
  state.cancel()
  if (state.isHalting) return
  const { parts, attempt } = state
  parts.logger.warn({ code, failure: failure?.code, attempt }, 'the backend ended')
  if (code === EXIT_BAD_SETTINGS || (failure && hopeless.has(failure.code))) {
    show(state, { status: 'failed', message: failure?.message ?? 'Its settings were refused; see its log.' })
    return
  }
  state.attempt += 1
  const pause = restartPause(attempt, parts.random())
  const message = failure?.message ?? 'It ended unexpectedly and is being started again.'
  show(state, { status: 'restarting', message }, 1)
  state.cancel = parts.timer.after(pause, () => begin(state, 'restarting'))
}

function show(state: State, next: Omit<BackendState, 'since' | 'restarts'>, more = 0): void {
  tell(state, { ...next, since: state.parts.clock.wall(), restarts: state.view.restarts + more })
}

function tell(state: State, view: BackendState): void {
  state.view = view
  for (const listener of state.listeners) listener(view)
}
