import { implement, ORPCError } from '@orpc/server'
import { contract } from '../../shared/api/contract.ts'
import type { BoardMessage } from '../../shared/api/schemas.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { BoardMemory } from './board-memory.ts'
import type { DeskSession } from './desk-session.ts'
import type { PageConnection } from './page-connection.ts'
import type { DeskClient, Upstream } from './upstream.ts'

/** The way to the service that the settings name now. `gone` is aborted, with the reason, when they name another. */
export interface PresentUpstream extends Pick<Upstream, 'client' | 'failed'> {
  readonly service: string
  readonly gone: AbortSignal
}

/** What forwarding is made from. */
export interface ForwardParts {
  readonly upstream: () => PresentUpstream
  readonly session: DeskSession
  readonly memory: Pick<BoardMemory, 'look'>
  readonly logger: Log
}

/**
 * The contract as pages of this desktop have it, whatever the mode: each call goes on to the present upstream, and what
 * comes back goes back as it is. Nothing is validated here, because the service validates both ways: the indexes below
 * are never reached.
 */
export function createForwardingRouter(parts: ForwardParts) {
  const desk = forwarding(parts)
  return desk.router({
    session: sessionHandlers(desk, parts),
    departures: departureHandlers(desk, parts),
    broadcasts: broadcastHandlers(desk, parts),
    system: systemHandlers(desk, parts),
  })
}

/** The router's type, for who serves it. */
export type ForwardingRouter = ReturnType<typeof createForwardingRouter>

function forwarding(parts: ForwardParts) {
  return implement(contract, { initialInputValidationIndex: Number.NaN, initialOutputValidationIndex: Number.NaN })
    .$context<PageConnection>()
    .use(async ({ next, path, context }) => {
      const token = parts.session.token()
      try {
        assertPresent(parts.session, context, path)
        return await next()
      } catch (error) {
        throw judge(parts, error, token)
      }
    })
}

type Forwarding = ReturnType<typeof forwarding>

/** A page that still shows the former person must do nothing in the name of the next one. */
function assertPresent(session: DeskSession, context: PageConnection, path: readonly string[]): void {
  const isAboutPerson = path[0] === 'session' && path[1] !== 'signOut'
  const { session: shown } = context.shown
  if (isAboutPerson || shown === undefined || shown === session.number()) return
  throw new FlightlineError('FL_SESSION_EXPIRED')
}

/** What a page is told. An answer of the service passes as it is; where none came, nobody answers. */
function judge(parts: ForwardParts, error: unknown, token: string | undefined): ORPCError<string, unknown> {
  if (error instanceof FlightlineError) return toWire(error)
  if (!(error instanceof ORPCError)) {
    parts.logger.warn({ err: error }, 'a call of a page got no answer')
    return toWire(new FlightlineError('FL_DESK_UNAVAILABLE', {}, { cause: error }))
  }
  parts.upstream().failed(error)
  const isEnded = error.code === 'FL_SESSION_EXPIRED' || error.code === 'FL_SESSION_MISSING'
  if (isEnded && parts.session.token() === token) parts.session.end(new FlightlineError('FL_SESSION_EXPIRED'))
  return error
}

function toWire({ code, status, message, details }: FlightlineError): ORPCError<string, unknown> {
  return new ORPCError(code, { status, message, data: details })
}

function sessionHandlers({ session: contracted }: Forwarding, { upstream, session, logger }: ForwardParts) {
  return {
    current: contracted.current.handler(async ({ context }) => {
      const token = session.token()
      const actor = await (await upstream().client()).session.current()
      // Somebody came or left meanwhile, or another service did: the answer is about nobody who is here now.
      if (session.token() !== token) throw new FlightlineError('FL_DESK_UNAVAILABLE')
      if (actor) session.confirm(actor)
      else session.end(new FlightlineError('FL_SESSION_EXPIRED'))
      context.shown.session = session.number()
      return actor
    }),
    signIn: contracted.signIn.handler(async ({ input, context }) => {
      const actor = await (await upstream().client()).session.signIn(input)
      context.shown.session = session.number()
      return actor
    }),
    signOut: contracted.signOut.handler(async ({ context }) => {
      const token = session.token()
      try {
        await (await upstream().client()).session.signOut()
      } catch (err) {
        // Whoever leaves must be let go. The token is forgotten, and nobody else has it.
        logger.warn({ err }, 'the service could not be told of a sign-out; the session ends there of idleness')
      }
      if (session.token() === token) session.end(new FlightlineError('FL_SESSION_MISSING'))
      context.shown.session = session.number()
    }),
  }
}

/** A command that was sent is carried out although its page goes away meanwhile, so only the watch ends with the page. */
function departureHandlers({ departures }: Forwarding, parts: ForwardParts) {
  const service = async () => (await parts.upstream().client()).departures
  return {
    list: departures.list.handler(async () => (await service()).list()),
    watch: departures.watch.handler(({ signal }) => watch(parts, signal)),
    history: departures.history.handler(async ({ input }) => (await service()).history(input)),
    setGate: departures.setGate.handler(async ({ input }) => (await service()).setGate(input)),
    setDelay: departures.setDelay.handler(async ({ input }) => (await service()).setDelay(input)),
    setEstimate: departures.setEstimate.handler(async ({ input }) => (await service()).setEstimate(input)),
    cancel: departures.cancel.handler(async ({ input }) => (await service()).cancel(input)),
    reinstate: departures.reinstate.handler(async ({ input }) => (await service()).reinstate(input)),
    markBoarding: departures.markBoarding.handler(async ({ input }) => (await service()).markBoarding(input)),
    markDeparture: departures.markDeparture.handler(async ({ input }) => (await service()).markDeparture(input)),
    divert: departures.divert.handler(async ({ input }) => (await service()).divert(input)),
  }
}

function broadcastHandlers({ broadcasts }: Forwarding, parts: ForwardParts) {
  const service = async () => (await parts.upstream().client()).broadcasts
  return {
    preview: broadcasts.preview.handler(async ({ input }) => (await service()).preview(input)),
    send: broadcasts.send.handler(async ({ input }) => (await service()).send(input)),
    progress: broadcasts.progress.handler(async ({ input }) => (await service()).progress(input)),
    latest: broadcasts.latest.handler(async () => (await service()).latest()),
  }
}

function systemHandlers({ system }: Forwarding, parts: ForwardParts) {
  return { read: system.read.handler(async () => (await parts.upstream().client()).system.read()) }
}

/** A page's watch, for as long as the page, its person and the upstream are there. The memory looks at what passes. */
async function* watch(parts: ForwardParts, page: AbortSignal | undefined): AsyncGenerator<BoardMessage, void> {
  const { session, memory } = parts
  const token = session.token()
  const actor = session.actor()
  const { client, gone, service } = parts.upstream()
  const ends = [gone, session.leaving()]
  const signal = AbortSignal.any(page ? [...ends, page] : ends)
  try {
    for await (const message of await openWatch(await client(), signal)) {
      if (actor) memory.look(message, { service, actor })
      yield message
    }
  } catch (error) {
    if (!signal.aborted) throw judge(parts, error, token)
  }
  const reason: unknown = ends.find(({ aborted }) => aborted)?.reason
  if (reason instanceof FlightlineError) throw toWire(reason)
}

function openWatch({ departures }: DeskClient, signal: AbortSignal) {
  return departures.watch(undefined, { signal })
}
