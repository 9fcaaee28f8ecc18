import { validUntil } from '../../shared/domain/command-validity.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { type Command, type CommandBody, withTime } from '../api/command.ts'
import { flightName } from '../lib/departure-view.ts'
import { announce } from './announcement-store.ts'
import {
  type CommandOutcome,
  type CommandParts,
  clocksNow,
  deliverFirst,
  deliverNext,
  deliverWaiting,
  endLate,
  isPending,
} from './command-delivery.ts'
import { type FailedCommand, fail, openCommands, remove, track } from './command-store.ts'
import { type Conflict, obstacle } from './conflict.ts'

/** Runs commands: keeps, sends, repeats after a lost reply, and turns stale ones into conflicts. */
export interface CommandRunner {
  /** Sends what a person wants, based on the departure that was on their screen. */
  run(base: Departure, body: CommandBody): Promise<CommandOutcome>
  /** Takes over what pages that are gone have left of this person. @returns whether its keeper could be asked */
  claim(owner: string): Promise<boolean>
  /** Sends what waits again, under the same ids. Called when the connection is back. */
  resend(): Promise<void>
  /** Ends what has waited for too long. */
  expire(): void
  /** Takes everything from the screen because somebody else signed in; it stays kept for whom it belongs to. */
  leave(): void
  /** The person kept what is there. */
  keepTheirs(conflict: Conflict): void
  /** The person wants their values on top of what is there now. */
  applyMine(conflict: Conflict, present: Departure): Promise<CommandOutcome>
  /** The person does not want it any more, or knows that it failed. */
  putAway(command: Command): void
  /** The person wants what has failed after all, on what is there now. */
  again(failed: FailedCommand): Promise<CommandOutcome>
}

/** Creates the runner of commands. */
export function createCommandRunner(parts: CommandParts): CommandRunner {
  const { commands, custody } = parts
  let round: Promise<void> | undefined

  function close({ commandId, base }: Command): void {
    remove(commands, commandId)
    custody.release({ commandId })
    deliverNext(parts, base.id)
  }

  return {
    run: (base, body) => begin(parts, base, body),
    claim: (owner) => claim(parts, owner),
    resend() {
      round ??= deliverWaiting(parts).finally(() => {
        round = undefined
      })
      return round
    },
    expire: () => endLate(parts),
    leave: () => commands.setState({ pending: [], conflicts: [], failed: [] }),
    keepTheirs: ({ command }) => close(command),
    putAway: close,
    async applyMine({ command }, present) {
      remove(commands, command.commandId)
      const outcome = await begin(parts, present, command.body)
      custody.release(command)
      return outcome
    },
    async again(failed) {
      const { command } = failed
      remove(commands, command.commandId)
      const present = parts.board.getState().departures.get(command.base.id) ?? command.base
      const outcome = await begin(parts, present, command.body)
      if (outcome === 'refused') fail(commands, failed)
      else custody.release(command)
      return outcome
    },
  }
}

async function begin(parts: CommandParts, base: Departure, body: CommandBody): Promise<CommandOutcome> {
  const { wall, operational } = clocksNow(parts)
  const owner = parts.owner()
  const problem = owner === undefined ? 'Sign in first.' : obstacle(body, base, operational)
  if (owner === undefined || problem !== undefined) {
    announce(parts.announcements, 'problem', `${flightName(base)}: ${problem}`)
    return 'refused'
  }
  const command: Command = {
    ...{ commandId: parts.createId(), base, owner },
    ...{ body: withTime(body, operational), madeAt: wall, validUntil: validUntil(wall) },
  }
  // "Waiting" promises that it outlives this machine's end, so it is said of nothing that is not kept yet.
  track(parts.commands, command, 'sending')
  const reason = await parts.custody.keep({ command })
  if (reason !== undefined && !goesOnUnkept(parts, command, reason)) return 'refused'
  // Somebody else signed in while it was being written.
  return isPending(parts, command) ? deliverFirst(parts, command) : 'waiting'
}

/** What cannot be kept is sent where it can be, and refused where it could only be lost. The person knows either way. */
function goesOnUnkept(parts: CommandParts, command: Command, reason: string): boolean {
  const flight = flightName(command.base)
  if (parts.client()) {
    const words = `This change could not be kept on this machine (${reason}) It is being sent; do not close the window.`
    announce(parts.announcements, 'problem', `${flight}: ${words}`)
    return true
  }
  remove(parts.commands, command.commandId)
  const words = `Nothing was changed. There is no connection, and the change could not be kept on this machine: ${reason}`
  announce(parts.announcements, 'problem', `${flight}: ${words}`)
  return false
}

async function claim(parts: CommandParts, owner: string): Promise<boolean> {
  const claimed = await parts.custody.claim(owner)
  if (!claimed) return false
  // Somebody else by now; the keeper gives it out again when its owner is back.
  if (parts.owner() !== owner) return true
  const known = new Set(openCommands(parts.commands.getState()).map(({ commandId }) => commandId))
  const news = claimed.contents.filter(({ command }) => !known.has(command.commandId))
  for (const { command, failure } of news) {
    if (failure) fail(parts.commands, { command, ...failure })
    else track(parts.commands, command, 'waiting')
  }
  parts.commands.setState(({ pending }) => ({
    pending: [...pending].sort((left, right) => left.command.madeAt - right.command.madeAt),
  }))
  tellClaimed(parts, { taken: news.filter(({ failure }) => !failure).length, unreadable: claimed.unreadable })
  return true
}

function tellClaimed({ announcements }: CommandParts, { taken, unreadable }: Readonly<Record<string, number>>): void {
  if (taken) {
    const words = taken === 1 ? '1 change that had no answer is' : `${taken} changes that had no answer are`
    announce(announcements, 'info', `${words} taken up again.`)
  }
  if (unreadable) {
    const words = unreadable === 1 ? '1 kept change' : `${unreadable} kept changes`
    announce(announcements, 'problem', `${words} cannot be read any more. Look whether what you did last was made.`)
  }
}
