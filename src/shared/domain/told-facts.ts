import type { Change } from './change.ts'
import type { Departure, FactName } from './departure.ts'
import type { Instant } from './instant.ts'
import type { ToldFacts } from './notice.ts'

/** The facts of a departure that messages tell; a change of any other fact tells nobody. */
const toldFactNames = [
  'estimatedAt',
  'nextInformationAt',
  'gate',
  'terminal',
  'cancelled',
  'diverted',
] as const satisfies readonly FactName[]

/** Whether a change is about anything that messages tell. */
export function touchesToldFacts(change: Change): boolean {
  return toldFactNames.some((name) => name in change.fields)
}

/**
 * What a message says of a departure. An estimate before the schedule is told as the schedule: nobody may be made to
 * miss a flight that then leaves as printed on the ticket.
 */
export function toldFacts(departure: Departure): ToldFacts {
  return gather(departure.revision, departure)
}

/**
 * What passengers could know before a change, for a departure of which nothing is remembered: the change is taken
 * back. Before the first revision that is the bare schedule.
 */
export function factsBefore(departure: Departure, change: Change): ToldFacts {
  const before = (name: FactName): unknown => (name in change.fields ? change.fields[name]?.from : departure[name])
  return gather(change.revision - 1, {
    scheduledAt: readNumber(before('scheduledAt')) ?? departure.scheduledAt,
    estimatedAt: readNumber(before('estimatedAt')),
    nextInformationAt: readNumber(before('nextInformationAt')),
    gate: readText(before('gate')),
    terminal: readText(before('terminal')),
    cancelled: before('cancelled'),
    diverted: readDiversion(before('diverted')),
  })
}

type Gathered = { readonly scheduledAt: Instant; readonly cancelled?: unknown } & {
  readonly [Name in 'estimatedAt' | 'nextInformationAt' | 'gate' | 'terminal' | 'diverted']?:
    | ToldFacts[Name]
    | undefined
}

function gather(revision: number, facts: Gathered): ToldFacts {
  const { scheduledAt, estimatedAt, nextInformationAt, gate, terminal, diverted } = facts
  const isOpen = estimatedAt === undefined && nextInformationAt !== undefined
  return {
    revision,
    ...(estimatedAt !== undefined && { estimatedAt: Math.max(scheduledAt, estimatedAt) }),
    ...(isOpen && { nextInformationAt }),
    ...(gate && { gate }),
    ...(terminal && { terminal }),
    ...(facts.cancelled !== undefined && { cancelled: true as const }),
    ...(diverted && { diverted: diverted.airport ? { airport: diverted.airport } : {} }),
  }
}

/**
 * What passengers know after a message. A gate that was taken back stays known: people still stand there, so the next
 * one is a change and not a first assignment.
 */
export function rememberTold(told: ToldFacts, after: ToldFacts): ToldFacts {
  const [gate, terminal] = [after.gate ?? told.gate, after.terminal ?? told.terminal]
  return { ...after, ...(gate && { gate }), ...(terminal && { terminal }) }
}

/** Takes in a first gate or terminal, which screens show and nobody is written to about. */
export function learnPlace(told: ToldFacts, departure: Departure): ToldFacts {
  const { gate, terminal } = departure
  if (told.gate === undefined) return { ...told, ...(gate && { gate }), ...(terminal && { terminal }) }
  return told.terminal === undefined && terminal ? { ...told, terminal } : told
}

function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function readDiversion(value: unknown): ToldFacts['diverted'] {
  if (typeof value !== 'object' || value === null) return undefined
  const airport = 'airport' in value ? readText(value.airport) : undefined
  return airport ? { airport } : {}
}
