import { type Amendment, amend, type FactsPatch, type Stamp } from '../../src/shared/domain/change.ts'
import { type Departure, type FactName, factNames } from '../../src/shared/domain/departure.ts'
import type { Instant } from '../../src/shared/domain/instant.ts'
import { isOffBlock } from '../../src/shared/domain/status.ts'
import { exceededBound } from '../../src/shared/domain/time-bounds.ts'
import { factShape } from '../../src/shared/events/departure-schema.ts'
import { plainInstant } from '../../src/shared/events/instant-schema.ts'
import type { ExternalEdit } from '../../src/shared/ports/departure-store.ts'

/** Why one field of an external edit is put back. Names the rule, never the value. */
interface ExternalProblem {
  readonly name: string
  readonly problem: string
}

/**
 * What becomes of an external edit. Where legal and illegal fields came together, only the illegal ones are in
 * `edit`: once they are put back, the rest is found again and adopted.
 */
export type ExternalVerdict =
  | { readonly outcome: 'adopt'; readonly amendment: Amendment }
  | { readonly outcome: 'restore'; readonly edit: ExternalEdit; readonly problems: readonly ExternalProblem[] }

/** Facts that others may write into the store beside us (`contract.md`): the rest belongs to desk, feed or schedule. */
const openFacts: ReadonlySet<string> = new Set<FactName>([
  'gate',
  'terminal',
  'stand',
  'estimatedAt',
  'boardingAt',
  'finalCallAt',
  'gateClosedAt',
  'offBlockAt',
  'takeOffAt',
  'returnedAt',
  'estimatedArrivalAt',
  'landedAt',
  'inBlockAt',
  'nextInformationAt',
  'cancelled',
  'diverted',
])

const shapes = factShape(plainInstant)

/**
 * Judges what somebody wrote beside us, by the rules that a desk's or a feed's value has to meet.
 * @param stamp - with source `external`
 */
export function judgeExternalEdit(edit: ExternalEdit, stamp: Stamp): ExternalVerdict {
  const problems = edit.names.flatMap((name) => {
    const problem = findProblem(edit, name)
    return problem ? [{ name, problem }] : []
  })
  if (problems.length > 0) return putBack(edit, problems)
  const amendment = amend(edit.departure, readPatch(edit), stamp)
  // Another spelling of the same, such as null for absent: nothing to tell, but the document gets its one form again.
  return amendment ? { outcome: 'adopt', amendment } : putBack(edit, spellings(edit))
}

function putBack(edit: ExternalEdit, problems: readonly ExternalProblem[]): ExternalVerdict {
  const names = problems.map(({ name }) => name)
  return { outcome: 'restore', edit: { ...edit, names }, problems }
}

function spellings({ names }: ExternalEdit): readonly ExternalProblem[] {
  return names.map((name) => ({ name, problem: 'means what was there already' }))
}

function findProblem(edit: ExternalEdit, name: string): string | undefined {
  if (!isFactName(name) || !openFacts.has(name)) return 'not open to external writers'
  const value = edit.found[name] ?? undefined
  if (value === undefined) return undefined
  const parsed = shapes[name].safeParse(value)
  if (!parsed.success) return `not a legal value: ${parsed.error.issues[0]?.code ?? 'unknown'}`
  if (name === 'cancelled') return findCancellationProblem(edit.departure, parsed.data)
  const instant = instantOf(parsed.data)
  return instant === undefined ? undefined : findTimeProblem(edit.departure, name, instant)
}

function findCancellationProblem(departure: Departure, value: unknown): string | undefined {
  if (!departure.cancelled && isOffBlock(departure)) return 'has left the stand'
  const at = instantOf(value)
  return at === undefined ? undefined : findTimeProblem(departure, 'cancelled', at)
}

/** The moment that a value is or carries. */
function instantOf(value: unknown): Instant | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'object' || value === null || !('at' in value)) return undefined
  return typeof value.at === 'number' ? value.at : undefined
}

function findTimeProblem({ scheduledAt }: Departure, name: FactName, at: Instant): string | undefined {
  const limit = exceededBound(name, at, scheduledAt)
  return limit && `more than ${limit} the schedule`
}

function readPatch(edit: ExternalEdit): FactsPatch {
  const entries = edit.names.filter(isFactName).map((name) => {
    const value = edit.found[name] ?? null
    return [name, value === null ? null : shapes[name].parse(value)] as const
  })
  return Object.fromEntries(entries)
}

function isFactName(name: string): name is FactName {
  return factNames.some((known) => known === name)
}
