import type { CommandAnswer } from '../../shared/api/schemas.ts'
import { type FactsPatch, withPatch } from '../../shared/domain/change.ts'
import type { Departure, FactName } from '../../shared/domain/departure.ts'
import { factNames } from '../../shared/domain/departure.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { isFlightlineError } from '../../shared/lib/errors.ts'
import { isSame } from '../../shared/lib/is-same.ts'
import { type Command, type CommandBody, factsOf } from '../api/command.ts'

/** A command that met somebody else's change: a person has to choose. */
export interface Conflict {
  readonly command: Command
  /** The departure as the service answered; the board may meanwhile hold a newer one. */
  readonly theirs: Departure
}

/** A command with the service's answer to it. */
export interface AcceptedCommand {
  readonly command: Command
  readonly answer: CommandAnswer
}

/** What to do with a command that was based on an older revision. */
export type Decision = 'rebase' | 'already-so' | 'ask'

/** One fact of a conflict, as the dialogue lays it out. */
export interface ConflictRow {
  readonly fact: FactName
  readonly before: unknown
  readonly theirs: unknown
  readonly mine: unknown
  readonly isDisputed: boolean
  readonly by?: string | undefined
  readonly source?: string | undefined
  /** Wall clock. */
  readonly at?: Instant | undefined
}

// Whoever edits a gate wants to know when the flight was cancelled meanwhile, even though no gate was touched.
const grave: readonly FactName[] = ['cancelled', 'diverted', 'offBlockAt', 'takeOffAt']

/**
 * Decides by three sides: what the person saw, what is there now, what they want. Changes elsewhere on the departure
 * (a feed's estimate while a gate was typed) are no reason to bother anybody.
 */
export function decideConflict(command: Command, theirs: Departure, now: Instant): Decision {
  const mine = wantedFacts(command.body, command.base, now)
  const touched = [...new Set([...namesOf(mine), ...grave])]
  if (touched.every((fact) => isSame(command.base[fact], theirs[fact]))) return 'rebase'
  const isThere =
    namesOf(mine).length > 0 && namesOf(mine).every((fact) => isSame(mine[fact] ?? undefined, theirs[fact]))
  return isThere ? 'already-so' : 'ask'
}

/**
 * The next command of the same person on the same departure, after one of theirs was accepted: what they set themselves
 * is no news to them, so it must not stand in their own way.
 */
export function withOwnChange(command: Command, own: AcceptedCommand, now: Instant): Command {
  const facts = wantedFacts(own.command.body, own.command.base, now)
  const { departure, revision } = own.answer
  // Of a repetition the answer is the present, in which others may have changed the same facts again.
  const isOwnState = departure.revision === revision
  const accepted = Object.fromEntries(namesOf(facts).map((name) => [name, departure[name] ?? null]))
  return { ...command, base: withPatch(command.base, isOwnState ? accepted : facts) }
}

/** The facts at stake: those the command sets, and others that were changed and weigh as much. */
export function conflictRows(command: Command, theirs: Departure, now: Instant): readonly ConflictRow[] {
  const mine = wantedFacts(command.body, command.base, now)
  const { base } = command
  const shown = factNames.filter(
    (fact) => (fact in mine && hasAnySide(fact, [base, theirs, mine])) || isGravelyChanged(fact, base, theirs),
  )
  return shown.map((fact) => {
    const origin = theirs.sources[fact]
    const wanted = fact in mine ? (mine[fact] ?? undefined) : theirs[fact]
    return {
      fact,
      before: base[fact],
      theirs: theirs[fact],
      mine: wanted,
      isDisputed: !isSame(base[fact], theirs[fact]) && !isSame(wanted, theirs[fact]),
      ...(origin && { source: origin.source, at: origin.at, by: origin.by }),
    }
  })
}

/** Why a command cannot be carried out on a departure as it is; `undefined` when it can. */
export function obstacle(body: CommandBody, departure: Departure, now: Instant): string | undefined {
  try {
    factsOf(body, departure, now)
    return undefined
  } catch (error) {
    if (isFlightlineError(error)) return error.message
    throw error
  }
}

/** The facts a command sets. One that did not apply even to what the person saw sets none. */
export function wantedFacts(body: CommandBody, base: Departure, now: Instant): FactsPatch {
  return obstacle(body, base, now) === undefined ? factsOf(body, base, now) : {}
}

function namesOf(facts: object): readonly FactName[] {
  return factNames.filter((name) => name in facts)
}

function isGravelyChanged(fact: FactName, base: Departure, theirs: Departure): boolean {
  return grave.includes(fact) && !isSame(base[fact], theirs[fact])
}

function hasAnySide(fact: FactName, sides: readonly Readonly<Partial<Record<FactName, unknown>>>[]): boolean {
  return sides.some((side) => (side[fact] ?? undefined) !== undefined)
}
