import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { systemClock, systemTimer } from '../../node/clock/system-clock.ts'
import { type Engine, openEngine } from '../../node/engine/open-engine.ts'
import { createPasswordHasher } from '../../node/secrets/password-hasher.ts'
import { tokenMaker } from '../../node/secrets/token-maker.ts'
import type { DesktopMode, LinkState, Recollection } from '../../shared/api/desktop-schemas.ts'
import type { Actor } from '../../shared/domain/role.ts'
import { FlightlineError, isFlightlineError } from '../../shared/lib/errors.ts'
import type { Clock } from '../../shared/ports/clock.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { PasswordHasher, TokenMaker } from '../../shared/ports/secrets.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import { createBoardFile } from './board-file.ts'
import { createBoardMemory, type Viewer } from './board-memory.ts'
import { createForwardingRouter, type ForwardingRouter } from './desk-router.ts'
import { createDeskSession, type DeskSession } from './desk-session.ts'
import { type DeskSettings, nameService } from './desk-settings.ts'
import { startDirectDesk } from './direct/direct-desk.ts'
import { createLinks, type DeskLinks, type LinkBoard } from './links.ts'
import { openConnection } from './page-connection.ts'
import { startServedDesk } from './served/served-desk.ts'
import type { SessionVault } from './session-vault.ts'
import type { Upstream, UpstreamParts } from './upstream.ts'

/** The desk service as pages of this desktop reach it, whatever the mode. */
export interface DeskHost {
  /** The contract, on the present upstream; `FL_DESK_UNAVAILABLE` while there is none. */
  readonly router: ForwardingRouter
  readonly links: DeskLinks
  readonly session: {
    /** Who is signed in on this desktop, as last known. */
    actor(): Actor | undefined
    /** The same, asked of the service now. @throws FlightlineError or ORPCError when it does not answer */
    confirmed(): Promise<Actor | undefined>
  }
  /** Where the desk service is found now. */
  mode(): DesktopMode | 'unconfigured'
  /** A name for the service that the present sign-in belongs to, under which things are kept that must not go to another. */
  service(): string
  /** The last board, for the person who is signed in on this desktop and nobody else. */
  recall(): Recollection | null
  /** Goes over to other settings: resolves when the former service is closed, while the next one is being opened. */
  use(settings: DeskSettings | undefined): Promise<void>
  close(): Promise<void>
}

/** What a host needs; what has a default is otherwise only in tests. */
export interface DeskHostParts {
  /** The desktop's data folder: the embedded file and the last board lie in it. */
  readonly folder: string
  readonly vault: SessionVault
  readonly logger: Log
  readonly clock?: Clock
  readonly timer?: Timer
  readonly hasher?: PasswordHasher
  readonly tokens?: TokenMaker
  readonly open?: (settings: Exclude<DeskSettings, { readonly mode: 'served' }>) => Promise<Engine>
}

interface Present {
  readonly mode: DesktopMode | 'unconfigured'
  readonly service: string
  readonly upstream: Upstream
  readonly gone: AbortController
}

/** Milliseconds. A driver may try to reach its server once more before it lets go. */
export const LONGEST_FAREWELL = 10_000

const nowhere: Upstream = {
  client: () => Promise.reject(new FlightlineError('FL_DESK_UNAVAILABLE')),
  failed: () => undefined,
  close: async () => undefined,
}

/** Makes a host that has no service yet; {@link DeskHost.use} gives it one. */
export function createDeskHost(given: DeskHostParts): DeskHost {
  const parts = completed(given)
  const { session, links, logger } = parts
  const file = createBoardFile({ path: join(given.folder, 'board.json'), logger })
  const memory = createBoardMemory({
    ...{ file, clock: parts.clock, timer: parts.timer },
    now: () => performance.now(),
  })
  let present = noService()
  const viewer = (): Viewer | undefined => {
    const actor = session.actor()
    return actor && { service: session.service(), actor }
  }
  session.onChange(() => memory.keepOnlyFor(viewer()))
  const upstream = () => ({ ...present.upstream, service: present.service, gone: present.gone.signal })
  const router = createForwardingRouter({ upstream, session, memory, logger })
  const change = async (settings: DeskSettings | undefined) => {
    const before = present
    // Not without a mode: to a desk that was never set up anybody may give settings.
    present = { ...noService(), mode: settings?.mode ?? 'unconfigured' }
    before.gone.abort(new FlightlineError('FL_DESK_UNAVAILABLE'))
    await leave(before.upstream, parts)
    setLinks(links, 'opening')
    if (!settings) return
    const next = { ...noService(), mode: settings.mode, service: nameService(settings) }
    present = next
    await session.restore(next.service)
    await memory.load(viewer())
    present = { ...next, upstream: startUpstream(parts, settings, next.gone.signal) }
  }
  let isClosed = false
  let turn = Promise.resolve()
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.then(work, work)
    return turn
  }
  return {
    ...{ router, links, mode: () => present.mode, service: session.service },
    session: { actor: session.actor, confirmed: () => confirmed(router, session) },
    recall: () => memory.recall(viewer()),
    // A desktop that is quit while it is still being started goes on starting for a moment.
    use: (settings) => inTurn(() => (isClosed ? Promise.resolve() : change(settings))),
    close() {
      isClosed = true
      return inTurn(async () => {
        await change(undefined)
        await Promise.all([memory.close(), session.settled()])
      })
    },
  }
}

/** A service that cannot be left in order, or takes too long over it, keeps nobody from the next one. */
async function leave({ close }: Upstream, { timer, logger }: Pick<CompleteParts, 'timer' | 'logger'>): Promise<void> {
  const late = Promise.withResolvers<void>()
  const cancel = timer.after(LONGEST_FAREWELL, late.resolve)
  const closing = close().catch((err: unknown) => logger.warn({ err }, 'the former service could not be left in order'))
  await Promise.race([closing, late.promise])
  cancel()
}

function noService(): Present {
  return { mode: 'unconfigured', service: 'none', upstream: nowhere, gone: new AbortController() }
}

interface CompleteParts extends UpstreamParts {
  readonly open: NonNullable<DeskHostParts['open']>
}

function completed(given: DeskHostParts): CompleteParts {
  const { folder, logger, vault, clock = systemClock, timer = systemTimer } = given
  const { hasher = createPasswordHasher(), tokens = tokenMaker } = given
  const open: CompleteParts['open'] = (settings) => {
    const connection = settings.mode === 'direct' ? settings.connection : undefined
    return openEngine({ connection, dataFolder: folder }, logger, { as: 'desk' })
  }
  const session: DeskSession = createDeskSession({ vault, clock, logger })
  return { ...{ session, links: createLinks(clock), clock, timer, hasher, tokens, logger }, open: given.open ?? open }
}

/** What an upstream finds out after it is gone concerns nobody; settings that lead nowhere are told like a lost link. */
function startUpstream(complete: CompleteParts, settings: DeskSettings, gone: AbortSignal): Upstream {
  const { links, session } = complete
  const set: LinkBoard['set'] = (...state) => (gone.aborted ? undefined : links.set(...state))
  const parts = { ...complete, links: { ...links, set }, session: sessionOf(session, gone) }
  if (settings.mode !== 'served') return startDirectDesk(parts, () => complete.open(settings))
  try {
    return startServedDesk(parts, settings.serverUrl)
  } catch (error) {
    if (!isFlightlineError(error)) throw error
    setLinks(links, 'lost', error.message)
    return nowhere
  }
}

/** The session as one service may change it: a sign-in that it grants when it is gone would be taken to the next one. */
function sessionOf(session: DeskSession, gone: AbortSignal): DeskSession {
  return {
    ...session,
    begin(signIn) {
      if (gone.aborted) throw new FlightlineError('FL_DESK_UNAVAILABLE')
      session.begin(signIn)
    },
    end(reason) {
      if (!gone.aborted) session.end(reason)
    },
  }
}

function setLinks(links: LinkBoard, status: LinkState['status'], message?: string): void {
  for (const part of ['store', 'log'] as const) links.set(part, status, message)
}

async function confirmed(router: ForwardingRouter, session: DeskSession): Promise<Actor | undefined> {
  const client = createRouterClient(router, { context: openConnection(0) })
  await client.session.current()
  return session.actor()
}
