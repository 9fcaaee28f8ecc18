import type { UpdateState } from '../../shared/api/desktop-schemas.ts'
import type { Clock } from '../../shared/ports/clock.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import type { Policy } from '../policy/read-policy.ts'
import { explainFailure } from './explain-failure.ts'
import { nextCheck } from './next-check.ts'
import type { Updater } from './updater.ts'
import { type Installation, whyOff } from './why-off.ts'

/** What updating needs. */
export interface UpdatesParts {
  readonly policy: Pick<Policy, 'updates' | 'channel'>
  readonly installation: Installation
  /** Called once, and only where this desktop updates itself. */
  readonly load: () => Promise<Updater>
  readonly clock: Pick<Clock, 'wall'>
  readonly timer: Pick<Timer, 'after'>
  /** From 0 to 1. */
  readonly random: () => number
  readonly logger: Log
}

/** Keeps the desktop up to date without ever taking it away from the person at work on it. */
export interface Updates {
  read(): UpdateState
  /** @returns the end of the subscription */
  onChange(listener: (state: UpdateState) => void): () => void
  /** Begins to look: soon, then every six hours. What is found is downloaded, and installed when the desktop is quit. */
  start(): void
  /** Looks now. Resolves when it is known whether there is something; never rejects. */
  check(): Promise<void>
  /** Ends the desktop, installs, starts again: the person asked for it, and the backend has been stopped in good order. */
  restart(): void
  /** No more checks. */
  close(): void
}

interface State {
  readonly parts: UpdatesParts
  readonly listeners: Set<(state: UpdateState) => void>
  view: UpdateState
  updater: Promise<Updater> | undefined
  /** The one whose download is done. */
  ready: Updater | undefined
  /** The failure that was told last. */
  told: unknown
  /** Cancels the planned check. */
  cancel: () => void
}

/** Creates updates that do nothing before `start`. */
export function createUpdates(parts: UpdatesParts): Updates {
  const reason = whyOff(parts.policy, parts.installation)
  const since = parts.clock.wall()
  const state: State = {
    ...{ parts, listeners: new Set(), updater: undefined, ready: undefined, told: undefined },
    cancel: () => undefined,
    view: reason === undefined ? { status: 'idle', since } : { status: 'off', since, message: reason },
  }
  return {
    read: () => state.view,
    onChange(listener) {
      state.listeners.add(listener)
      return () => state.listeners.delete(listener)
    },
    start: () => plan(state, true),
    check: () => look(state),
    restart: () => state.ready?.quitAndInstall(true, true),
    close: () => state.cancel(),
  }
}

function plan(state: State, isFirst: boolean): void {
  if (state.view.status === 'off') return
  const { timer, random } = state.parts
  state.cancel()
  state.cancel = timer.after(nextCheck(isFirst, random()), () => {
    plan(state, false)
    void look(state)
  })
}

async function look(state: State): Promise<void> {
  if (state.view.status === 'off') return
  try {
    state.updater ??= prepare(state)
    const result = await (await state.updater).checkForUpdates()
    // It is told by an event, too; without this it would end the process as an unhandled rejection.
    result?.downloadPromise?.catch(() => undefined)
  } catch (error) {
    failed(state, error)
  }
}

async function prepare(state: State): Promise<Updater> {
  try {
    const updater = await state.parts.load()
    configure(updater, state.parts.policy)
    listen(state, updater)
    return updater
  } catch (error) {
    // The next check loads it anew.
    state.updater = undefined
    throw error
  }
}

/** Staged roll-outs need nothing here: the updater draws its lot once and compares it with the release's percentage. */
function configure(updater: Updater, { channel }: Pick<Policy, 'channel'>): void {
  updater.logger = null
  updater.autoDownload = true
  updater.autoInstallOnAppQuit = true
  // Its parts would be fetched by an installer that was not checked.
  updater.disableWebInstaller = true
  updater.channel = channel
  // After the channel, which allows it: an older version may not know the store's schema.
  updater.allowDowngrade = false
}

function listen(state: State, updater: Updater): void {
  updater.on('checking-for-update', () => show(state, { status: 'checking' }))
  updater.on('update-not-available', () => show(state, { status: 'idle' }))
  updater.on('update-available', ({ version }) => show(state, { status: 'downloading', version }))
  updater.on('update-downloaded', ({ version }) => {
    state.parts.logger.info({ version }, 'an update is ready; it is installed when the desktop is quit')
    state.ready = updater
    tell(state, { status: 'ready', version })
  })
  updater.on('error', (error) => failed(state, error))
}

/** The updater tells of one failure twice, by an event and by a rejection. */
function failed(state: State, error: unknown): void {
  if (error === state.told) return
  state.told = error
  const { code, message } = explainFailure(error)
  show(state, { status: 'failed', message })
  state.parts.logger.warn({ code }, message)
}

/** What is ready stays ready, whatever later checks find: it is what will be installed. */
function show(state: State, next: Omit<UpdateState, 'since'>): void {
  if (state.view.status !== 'ready') tell(state, next)
}

function tell(state: State, next: Omit<UpdateState, 'since'>): void {
  state.view = { ...next, since: state.parts.clock.wall() }
  for (const listener of state.listeners) listener(state.view)
}
