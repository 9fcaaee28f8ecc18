import type { CommandAnswer } from '../api/schemas.ts'
import { type Amendment, amend, type FactsPatch, formatChangeId, type Stamp } from '../domain/change.ts'
import type { Departure } from '../domain/departure.ts'
import type { Instant } from '../domain/instant.ts'
import { type Action, type Actor, assertAllowed } from '../domain/role.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { CommitResult, DepartureStore } from '../ports/departure-store.ts'

/** What every command carries; see `api/schemas.ts`. */
export interface Command {
  readonly id: string
  readonly revision: number
  readonly commandId: string
  readonly validUntil?: Instant | undefined
}

/** What executing a command needs. */
export interface CommandParts {
  readonly stores: { readonly departures: DepartureStore }
  readonly clock: Clock
}

/** A command with what it does: the action that a role must allow, and the rule from present state to new facts. */
export interface Execution {
  readonly actor: Actor
  readonly action: Action
  readonly command: Command
  readonly rule: (departure: Departure) => FactsPatch
}

/**
 * Executes one command of a desk: role and station, revision, rule, one atomic write.
 * @throws FlightlineError `FL_DEPARTURE_UNKNOWN`, `FL_FORBIDDEN`, `FL_STATION_FOREIGN`, `FL_OUTBOX_FULL`, what the rule
 * throws, and `FL_DEPARTURE_STALE` or `FL_COMMAND_EXPIRED` with the present departure in `details.departure`
 */
export async function execute(parts: CommandParts, execution: Execution): Promise<CommandAnswer> {
  const { actor, action, command } = execution
  assertAllowed(actor, action)
  const departure = await parts.stores.departures.get(command.id)
  if (!departure) throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id: command.id })
  assertAllowed(actor, action, departure.origin)
  // Nobody can have seen a revision that was never made; such a command could only be mistaken for a repetition.
  if (command.revision > departure.revision) throw stale(departure)
  const stamp = stampOf(parts.clock, actor, command)
  // A revision that moved on means stale or a repetition, and only the store knows which: the rule must not be asked,
  // since a repeated cancellation would find the departure cancelled and refuse its own success.
  const isCurrent = departure.revision === command.revision
  const isLate = command.validUntil !== undefined && stamp.at > command.validUntil
  if (isCurrent && isLate) throw expired(departure)
  const amendment = isCurrent ? amend(departure, execution.rule(departure), stamp) : probe(departure, command, stamp)
  if (!amendment) return { departure, revision: departure.revision }
  const result = await parts.stores.departures.commit(amendment)
  // Late, and nobody's first answer: that it is out of date as well is no news to whom it no longer concerns.
  if (isLate && result.outcome === 'stale') throw expired(result.departure)
  return answer(result, command)
}

function stampOf(clock: Clock, actor: Actor, command: Command): Stamp {
  return {
    source: 'desk',
    at: clock.wall(),
    operationalAt: clock.operational(),
    by: { name: actor.name, role: actor.role },
    commandId: command.commandId,
  }
}

/** An amendment without content, based on the revision that the desk saw: it can only be repeated or stale. */
function probe(departure: Departure, command: Command, stamp: Stamp): Amendment {
  const revision = command.revision + 1
  const id = formatChangeId(departure.id, revision)
  return {
    previous: { ...departure, revision: command.revision },
    next: { ...departure, revision },
    change: { ...stamp, id, departureId: departure.id, revision, fields: {} },
  }
}

function answer(result: CommitResult, command: Command): CommandAnswer {
  switch (result.outcome) {
    case 'committed':
      return { departure: result.departure, revision: result.departure.revision }
    case 'repeated':
      return { departure: result.departure, revision: result.revision }
    case 'stale':
    case 'exists':
      throw stale(result.departure)
    case 'outbox-full':
      throw new FlightlineError('FL_OUTBOX_FULL', { id: command.id, count: result.count })
    case 'unknown':
      throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id: command.id })
  }
}

function expired(departure: Departure): FlightlineError {
  return new FlightlineError('FL_COMMAND_EXPIRED', { id: departure.id, departure })
}

function stale(departure: Departure): FlightlineError {
  return new FlightlineError('FL_DEPARTURE_STALE', { id: departure.id, departure })
}
