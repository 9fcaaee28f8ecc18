import { z } from 'zod'
import { actorSchema } from '../../shared/api/schemas.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { Actor } from '../../shared/domain/role.ts'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { Clock } from '../../shared/ports/clock.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { SessionVault } from './session-vault.ts'

/** A sign-in as the desktop holds it. */
export interface DeskSignIn {
  readonly token: string
  readonly actor: Actor
  /** Its end, whatever happens. Wall clock. */
  readonly endsAt: Instant
}

/**
 * The one sign-in of this desktop. All its windows share it, and only main holds the token. It belongs to one service
 * and is never shown to another.
 */
export interface DeskSession {
  /** Takes up what was kept for this service, and forgets what belongs to another. */
  restore(service: string): Promise<void>
  /** Name of the service that the sign-in, or its absence, belongs to; changes at one moment with it. Empty at first. */
  service(): string
  token(): string | undefined
  /** Who is signed in, as far as this desk knows: the service may have ended it meanwhile. */
  actor(): Actor | undefined
  /** Rises whenever another person, or nobody, is signed in: what was meant for the former must not go on. */
  number(): number
  /** Aborted, with the reason, when the present person leaves or is followed by another. */
  leaving(): AbortSignal
  begin(signIn: DeskSignIn): void
  /** The service said who it is: role and stations may have changed since. */
  confirm(actor: Actor): void
  end(reason: FlightlineError): void
  /** Another token, whoever it belongs to. @returns the end of the subscription */
  onChange(listener: () => void): () => void
  /** Resolves when whatever was to be kept is kept. */
  settled(): Promise<void>
}

/** What it is made from. */
export interface DeskSessionParts {
  readonly vault: SessionVault
  readonly clock: Pick<Clock, 'wall'>
  readonly logger: Log
}

const keptSchema = z.object({ service: z.string(), token: z.string(), actor: actorSchema, endsAt: z.number() })

interface State {
  readonly parts: DeskSessionParts
  readonly listeners: Set<() => void>
  service: string
  held: DeskSignIn | undefined
  number: number
  leaving: AbortController
  writing: Promise<void>
}

/** Starts with nobody signed in. */
export function createDeskSession(parts: DeskSessionParts): DeskSession {
  const state: State = {
    ...{ parts, listeners: new Set<() => void>(), service: '', held: undefined, number: 0 },
    ...{ leaving: new AbortController(), writing: Promise.resolve() },
  }
  const live = () => (state.held && parts.clock.wall() < state.held.endsAt ? state.held : undefined)
  return {
    restore: (service) => restore(state, service),
    service: () => state.service,
    token: () => state.held?.token,
    actor: () => live()?.actor,
    number: () => state.number,
    leaving: () => state.leaving.signal,
    begin(signIn) {
      hold(state, signIn, new FlightlineError('FL_DESK_UNAVAILABLE'))
      keep(state)
    },
    confirm(actor) {
      if (!state.held || JSON.stringify(actor) === JSON.stringify(state.held.actor)) return
      hold(state, { ...state.held, actor }, new FlightlineError('FL_DESK_UNAVAILABLE'))
      keep(state)
    },
    end(reason) {
      if (!state.held) return
      hold(state, undefined, reason)
      keep(state)
    },
    onChange(listener) {
      state.listeners.add(listener)
      return () => state.listeners.delete(listener)
    },
    settled: () => state.writing,
  }
}

async function restore(state: State, service: string): Promise<void> {
  await state.writing
  if (state.service === service && state.held) return
  const kept = await readKept(state.parts)
  state.service = service
  const isUsable = kept?.service === service && state.parts.clock.wall() < kept.endsAt
  hold(state, isUsable ? kept : undefined, new FlightlineError('FL_SESSION_EXPIRED'))
  if (kept && !isUsable) keep(state)
}

async function readKept({ vault, logger }: DeskSessionParts): Promise<z.output<typeof keptSchema> | undefined> {
  try {
    const text = await vault.load()
    return text === undefined ? undefined : keptSchema.parse(JSON.parse(text))
  } catch (err) {
    logger.warn({ err }, 'the sign-in that was kept cannot be read; somebody has to sign in again')
    return undefined
  }
}

function hold(state: State, next: DeskSignIn | undefined, reason: FlightlineError): void {
  const { held: before, leaving } = state
  const isOtherPerson = next?.actor.name !== before?.actor.name
  state.held = next
  if (isOtherPerson) {
    state.number += 1
    // Replaced before anybody is told: who hears that the former person left asks for the next one.
    state.leaving = new AbortController()
  }
  if (next?.token !== before?.token) for (const listener of [...state.listeners]) listener()
  if (isOtherPerson) leaving.abort(reason)
}

/** One after the other, so that the last one stays. */
function keep(state: State): void {
  const { held, service, parts } = state
  const text = held && JSON.stringify({ service, token: held.token, actor: held.actor, endsAt: held.endsAt })
  state.writing = state.writing.then(() =>
    parts.vault.save(text).catch((err: unknown) => parts.logger.warn({ err }, 'the sign-in could not be kept')),
  )
}
