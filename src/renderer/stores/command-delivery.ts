import { hasRunOut } from '../../shared/domain/command-validity.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import { type Command, sendCommand } from '../api/command.ts'
import type { ConsoleClient } from '../api/console-client.ts'
import type { Failure } from '../api/kept-command.ts'
import { type RequestFailure, toRequestFailure } from '../api/request-failure.ts'
import { flightName } from '../lib/departure-view.ts'
import { type AnnouncementStore, announce } from './announcement-store.ts'
import { applyDepartures, type BoardStore } from './board-store.ts'
import { type ClockStore, type Clocks, clocksAt } from './clock-store.ts'
import type { CommandCustody } from './command-custody.ts'
import { type CommandStore, exchange, fail, raise, remove, track } from './command-store.ts'
import { type AcceptedCommand, decideConflict, withOwnChange } from './conflict.ts'

/** What running commands needs. */
export interface CommandParts {
  readonly commands: CommandStore
  readonly board: BoardStore
  readonly clock: ClockStore
  readonly announcements: AnnouncementStore
  readonly custody: CommandCustody
  /** The client of the open connection; `undefined` while there is none. */
  readonly client: () => ConsoleClient | undefined
  /** Name of the person at this console. */
  readonly owner: () => string | undefined
  readonly signOut: (notice: string) => void
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly createId: () => string
}

/** How a command ended, or that it goes on by itself. */
export type CommandOutcome = 'accepted' | 'refused' | 'expired' | 'conflict' | 'waiting'

/** One try to deliver a command. */
interface Attempt {
  /** Its person has just acted and looks at the screen; a refusal is then told once and is over. */
  readonly isFirst: boolean
  readonly rebases: number
}

const FIRST: Attempt = { isFirst: true, rebases: 0 }
const LATER: Attempt = { isFirst: false, rebases: 0 }

/** An answer takes milliseconds; after this many nobody is answering and the command counts as lost. */
const ANSWER_WITHIN = 10_000

// A departure that a feed rewrites faster than an edit can follow is left to the person after this many tries.
const MOST_REBASES = 5

const RUN_OUT = 'Its time ran out before there was an answer. Look at the departure as it is now, and decide again.'

/** Delivers a command that its person has just given. */
export function deliverFirst(parts: CommandParts, command: Command): Promise<CommandOutcome> {
  return deliver(parts, command, FIRST)
}

/**
 * Delivers what waits, in the order in which the person acted, and stops at the first that gets no answer: whoever
 * comes after it would get none either.
 */
export async function deliverWaiting(parts: CommandParts): Promise<void> {
  const tried = new Set<string>()
  while (parts.client()) {
    const next = parts.commands
      .getState()
      .pending.find(({ command, stage }) => stage === 'waiting' && !tried.has(command.commandId))
    if (!next) return
    tried.add(next.command.commandId)
    if ((await deliver(parts, next.command, LATER)) === 'waiting') return
  }
}

/** Ends those waiting commands whose time has run out. */
export function endLate(parts: CommandParts): void {
  // Validity counts by the service's clock; this machine's own may be wrong by hours.
  const wall = clocksAt(parts.clock.getState(), parts.now())?.wall
  if (wall === undefined) return
  for (const { command, stage } of parts.commands.getState().pending) {
    if (stage === 'waiting' && hasRunOut(command, wall)) void end(parts, command, { kind: 'expired', words: RUN_OUT })
  }
}

/** Delivers what waited for an earlier command on the same departure. */
export function deliverNext(parts: CommandParts, id: DepartureId): void {
  const next = parts.commands.getState().pending.find(({ command }) => command.base.id === id)
  if (next?.stage === 'waiting' && parts.client()) void deliver(parts, next.command, LATER)
}

/** Both clocks of the service in whole milliseconds; this machine's while they were never read. */
export function clocksNow({ clock, now }: Pick<CommandParts, 'clock' | 'now'>): Clocks {
  const { wall, operational, rate } = clocksAt(clock.getState(), now()) ?? {
    wall: Date.now(),
    operational: Date.now(),
    rate: 1,
  }
  return { wall: Math.round(wall), operational: Math.round(operational), rate }
}

/** Whether the command is still this console's business: somebody else may have signed in, or it was put away. */
export function isPending({ commands }: CommandParts, { commandId }: Command): boolean {
  return commands.getState().pending.some(({ command }) => command.commandId === commandId)
}

async function deliver(parts: CommandParts, command: Command, attempt: Attempt): Promise<CommandOutcome> {
  const outcome = await tryOnce(parts, command, attempt)
  if (outcome !== 'waiting') deliverNext(parts, command.base.id)
  return outcome
}

async function tryOnce(parts: CommandParts, command: Command, attempt: Attempt): Promise<CommandOutcome> {
  if (hasRunOut(command, clocksNow(parts).wall)) return end(parts, command, { kind: 'expired', words: RUN_OUT })
  const client = parts.client()
  const isItsTurn = firstOn(parts, command.base.id)?.commandId === command.commandId
  track(parts.commands, command, client && isItsTurn ? 'sending' : 'waiting')
  if (!client || !isItsTurn) return 'waiting'
  try {
    const answer = await sendCommand(client, command, AbortSignal.timeout(ANSWER_WITHIN))
    applyDepartures(parts.board, [answer.departure], parts.now())
    accept(parts, { command, answer })
    return 'accepted'
  } catch (error) {
    return recover(parts, { command, attempt, failure: toRequestFailure(error) })
  }
}

function firstOn({ commands }: CommandParts, id: DepartureId): Command | undefined {
  return commands.getState().pending.find(({ command }) => command.base.id === id)?.command
}

function accept(parts: CommandParts, own: AcceptedCommand): void {
  const { command } = own
  remove(parts.commands, command.commandId)
  parts.custody.release(command)
  const { operational } = clocksNow(parts)
  for (const { command: other, stage } of parts.commands.getState().pending) {
    if (other.base.id !== command.base.id) continue
    const next = withOwnChange(other, own, operational)
    exchange(parts.commands, other, { command: next, stage })
    void parts.custody.keep({ command: next })
  }
}

interface Failed {
  readonly command: Command
  readonly attempt: Attempt
  readonly failure: RequestFailure
}

async function recover(parts: CommandParts, failed: Failed): Promise<CommandOutcome> {
  const { command, failure, attempt } = failed
  // It stays kept, and its person finds it again when they come back.
  if (!isPending(parts, command)) return 'waiting'
  if (failure.departure) applyDepartures(parts.board, [failure.departure], parts.now())
  if (failure.kind === 'stale' && failure.departure) return meetConflict(parts, failed, failure.departure)
  if (failure.kind === 'expired') return end(parts, command, { kind: 'expired', words: RUN_OUT })
  if (failure.kind === 'refused') {
    return attempt.isFirst
      ? refuseAtOnce(parts, command, failure.message)
      : end(parts, command, { kind: 'refused', words: failure.message })
  }
  // Nobody knows whether it was carried out. Sending it again under the same id is safe and finds out.
  track(parts.commands, command, 'waiting')
  if (failure.kind === 'signed-out') parts.signOut(failure.message)
  return 'waiting'
}

async function meetConflict(parts: CommandParts, failed: Failed, theirs: Departure): Promise<CommandOutcome> {
  const { command, attempt } = failed
  const decision = decideConflict(command, theirs, clocksNow(parts).operational)
  if (decision === 'already-so') {
    // What others have set is what this person wants: for what they did next it is as good as accepted.
    accept(parts, { command, answer: { departure: theirs, revision: theirs.revision } })
    announce(parts.announcements, 'info', `${flightName(theirs)}: somebody else has just made the same change.`)
    return 'accepted'
  }
  if (decision === 'rebase' && attempt.rebases < MOST_REBASES) {
    const next = { ...command, commandId: parts.createId(), base: theirs }
    exchange(parts.commands, command, { command: next, stage: 'sending' })
    // Kept under its new name before the old one goes, so that at no moment it is kept under none.
    await parts.custody.keep({ command: next })
    parts.custody.release(command)
    return tryOnce(parts, next, { ...attempt, rebases: attempt.rebases + 1 })
  }
  raise(parts.commands, { command, theirs })
  return 'conflict'
}

function refuseAtOnce(parts: CommandParts, command: Command, words: string): CommandOutcome {
  remove(parts.commands, command.commandId)
  parts.custody.release(command)
  announce(parts.announcements, 'problem', `${flightName(command.base)}: ${words}`)
  return 'refused'
}

/** Ends a command whose person may have turned to something else: it stays in the queue until they put it away. */
async function end(parts: CommandParts, command: Command, failure: Failure): Promise<CommandOutcome> {
  fail(parts.commands, { command, ...failure })
  announce(parts.announcements, 'problem', `${flightName(command.base)}: ${failure.words}`)
  await parts.custody.keep({ command, failure })
  return failure.kind
}
