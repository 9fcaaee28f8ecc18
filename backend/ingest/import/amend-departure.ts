import { arbitrateFeed } from '../../../src/shared/domain/arbitration.ts'
import { type Amendment, amend, create, type FactsPatch, type Stamp } from '../../../src/shared/domain/change.ts'
import { type Departure, type FactName, factNames } from '../../../src/shared/domain/departure.ts'
import { editCancellation, editEstimate } from '../../../src/shared/domain/edits.ts'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import { isOffBlock } from '../../../src/shared/domain/status.ts'
import { isSame } from '../../../src/shared/lib/is-same.ts'
import { cellError } from './cells.ts'
import type { ImportedDeparture } from './departure-row.ts'

/**
 * The first revision of an imported departure.
 * @throws FlightlineError `FL_ESTIMATE_INVALID`
 */
export function createImported({ identity, facts, ...row }: ImportedDeparture, stamp: Stamp): Amendment {
  const { next } = create(identity, facts, stamp)
  const estimate = row.estimatedAt === undefined ? {} : checkedEstimate(next, row.estimatedAt)
  const cancelled = row.cancelled ? { cancelled: { at: stamp.operationalAt, ...row.cancelled } } : {}
  return create(identity, { ...facts, ...estimate, ...cancelled }, stamp)
}

/**
 * What a row changes about a departure that is there already. What a desk has set stands: the file was written before,
 * and importing it again must not undo what people did since.
 * @returns `undefined` when everything is as the row says
 * @throws FlightlineError `FL_CSV_ROW`, `FL_ESTIMATE_INVALID`, `FL_CANCELLATION_INVALID`
 */
export function amendImported(present: Departure, row: ImportedDeparture, stamp: Stamp): Amendment | undefined {
  assertSameLeg(present, row)
  const facts = withoutManual(present, row.facts)
  const aircraft = facts.aircraft ? { aircraft: { ...present.aircraft, ...facts.aircraft } } : {}
  const patch = {
    ...facts,
    ...aircraft,
    ...estimateOf(present, row.estimatedAt),
    ...cancellationOf(present, row, stamp),
  }
  return amend(present, arbitrateFeed(present, patch, stamp.at), stamp)
}

function assertSameLeg(present: Departure, { identity }: ImportedDeparture): void {
  const { destination, codeshares } = identity
  if (present.destination !== destination) {
    throw cellError('destination', `${present.id} goes to ${present.destination}, which cannot be changed`)
  }
  if (codeshares.length > 0 && !isSame([...codeshares].sort(), [...present.codeshares].sort())) {
    throw cellError('codeshares', `those of ${present.id} cannot be changed`)
  }
}

function withoutManual(present: Departure, facts: FactsPatch): FactsPatch {
  const names = factNames.filter((name) => name in facts && !isManual(present, name))
  return Object.fromEntries(names.map((name) => [name, facts[name]]))
}

function isManual(present: Departure, name: FactName): boolean {
  return present.sources[name]?.source === 'desk'
}

/** An estimate for a flight that has left or will not leave says nothing any more. */
function estimateOf(present: Departure, estimatedAt: Instant | undefined): FactsPatch {
  if (estimatedAt === undefined || present.cancelled || isOffBlock(present)) return {}
  return checkedEstimate(present, estimatedAt)
}

/** The desk's rule says what is an impossible estimate; the rest of what it would do is the desk's alone. */
function checkedEstimate(present: Departure, estimatedAt: Instant): { readonly estimatedAt: Instant } {
  editEstimate(present, estimatedAt)
  return { estimatedAt }
}

function cancellationOf(present: Departure, { cancelled }: ImportedDeparture, stamp: Stamp): FactsPatch {
  if (cancelled === undefined || isManual(present, 'cancelled')) return {}
  if (cancelled === false) return present.cancelled ? { cancelled: null, conflicts: null } : {}
  if (present.cancelled) return {}
  editCancellation(present, { at: stamp.operationalAt, reason: cancelled.reason ?? 'OPER' })
  return { cancelled: { at: stamp.operationalAt, ...cancelled } }
}
