import type { Departure } from '../../shared/domain/departure.ts'
import { type Command, type CommandBody, sendCommand } from '../api/command.ts'
import type { ConsoleClient } from '../api/console-client.ts'
import { type RequestFailure, toRequestFailure } from '../api/request-failure.ts'
import { flightName } from '../lib/departure-view.ts'
import { type AnnouncementStore, announce } from './announcement-store.ts'
import { applyDepartures, type BoardStore } from './board-store.ts'
import { type ClockStore, clocksAt } from './clock-store.ts'
import { type CommandStore, raise, settle, track } from './command-store.ts'
import { type Conflict, decideConflict, obstacle } from './conflict.ts'

/** What running commands needs. */
export interface CommandParts {
  readonly commands: CommandStore
  readonly board: BoardStore
  readonly clock: ClockStore
  readonly announcements: AnnouncementStore
  /** The client of the open connection; `undefined` while there is none. */
  readonly client: () => ConsoleClient | undefined
  readonly signOut: (notice: string) => void
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly createId: () => string
}

/** How a command ended, or that it goes on by itself. */
type CommandOutcome = 'accepted' | 'refused' | 'conflict' | 'waiting'

/** Runs commands: sends, repeats after a lost reply, and turns stale ones into conflicts. */
export interface CommandRunner {
  /** Sends what a person wants, based on the departure that was on their screen. */
  run(base: Departure, body: CommandBody): Promise<CommandOutcome>
  /** Sends what waits again, under the same ids. Called when the connection is back. */
  resend(): void
  /** Forgets what waits, because somebody else signed in. */
  drop(): void
  /** The person kept what is there. */
  keepTheirs(conflict: Conflict): void
  /** The person wants their values on top of what is there now. */
  applyMine(conflict: Conflict, present: Departure): Promise<CommandOutcome>
}

/** An answer takes milliseconds; after this many nobody is answering and the command counts as lost. */
const ANSWER_WITHIN = 10_000

// A departure that a feed rewrites faster than an edit can follow is left to the person after this many tries.
const MOST_REBASES = 5

/** Creates the runner of commands. */
export function createCommandRunner(parts: CommandParts): CommandRunner {
  return {
    run: (base, body) => begin(parts, base, body),
    resend() {
      for (const { command, stage } of parts.commands.getState().pending) {
        if (stage === 'waiting') void submit(parts, command)
      }
    },
    drop: () => drop(parts),
    keepTheirs: (conflict) => settle(parts.commands, conflict),
    applyMine(conflict, present) {
      settle(parts.commands, conflict)
      return begin(parts, present, conflict.command.body)
    },
  }
}

async function begin(parts: CommandParts, base: Departure, body: CommandBody): Promise<CommandOutcome> {
  const problem = obstacle(body, base, operationalNow(parts))
  if (problem !== undefined) {
    announce(parts.announcements, 'problem', `${flightName(base)}: ${problem}`)
    return 'refused'
  }
  return submit(parts, { commandId: parts.createId(), base, body })
}

async function submit(parts: CommandParts, command: Command, rebases = 0): Promise<CommandOutcome> {
  const client = parts.client()
  track(parts.commands, command, client ? 'sending' : 'waiting')
  if (!client) return 'waiting'
  try {
    const { departure } = await sendCommand(client, command, AbortSignal.timeout(ANSWER_WITHIN))
    applyDepartures(parts.board, [departure], parts.now())
    track(parts.commands, command, undefined)
    return 'accepted'
  } catch (error) {
    return recover(parts, { command, rebases, failure: toRequestFailure(error) })
  }
}

interface Failed {
  readonly command: Command
  readonly rebases: number
  readonly failure: RequestFailure
}

async function recover(parts: CommandParts, failed: Failed): Promise<CommandOutcome> {
  const { command, failure } = failed
  if (failure.departure) return meetConflict(parts, failed, failure.departure)
  if (failure.kind === 'refused') {
    track(parts.commands, command, undefined)
    announce(parts.announcements, 'problem', `${flightName(command.base)}: ${failure.message}`)
    return 'refused'
  }
  // Nobody knows whether it was carried out. Sending it again under the same id is safe and finds out.
  track(parts.commands, command, 'waiting')
  if (failure.kind === 'signed-out') parts.signOut(failure.message)
  return 'waiting'
}

async function meetConflict(
  parts: CommandParts,
  { command, rebases }: Failed,
  theirs: Departure,
): Promise<CommandOutcome> {
  track(parts.commands, command, undefined)
  applyDepartures(parts.board, [theirs], parts.now())
  const decision = decideConflict(command, theirs, operationalNow(parts))
  if (decision === 'already-so') {
    announce(parts.announcements, 'info', `${flightName(theirs)}: somebody else has just made the same change.`)
    return 'accepted'
  }
  if (decision === 'rebase' && rebases < MOST_REBASES) {
    return submit(parts, { commandId: parts.createId(), base: theirs, body: command.body }, rebases + 1)
  }
  raise(parts.commands, { command, theirs })
  return 'conflict'
}

function drop({ commands, announcements }: CommandParts): void {
  const { pending, conflicts } = commands.getState()
  if (pending.length + conflicts.length === 0) return
  commands.setState({ pending: [], conflicts: [] })
  announce(announcements, 'problem', 'Changes that were not confirmed for the previous person are not sent any more.')
}

function operationalNow({ clock, now }: CommandParts): number {
  return clocksAt(clock.getState(), now())?.operational ?? Date.now()
}
