import type { Amendment } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { isSame } from '../../shared/lib/is-same.ts'
import { type CommitResult, type ExternalEdit, OUTBOX_CAP } from '../../shared/ports/departure-store.ts'
import { firstAnswer, keepCommand } from './departure-commands.ts'
import { amendDocument, differingNames, pick, settleDocument, touchedNames } from './departure-document.ts'
import type { DepartureRows, StoredDeparture } from './departure-rows.ts'

/** Writes an amendment. Runs inside a write transaction. */
export function commitAmendment(rows: DepartureRows, amendment: Amendment): CommitResult {
  const stored = rows.find(amendment.next.id)
  if (!stored) return amendment.previous ? { outcome: 'unknown' } : insert(rows, amendment)
  const revision = firstAnswer(stored.commands, amendment.change.commandId)
  if (revision !== undefined) return { outcome: 'repeated', revision, departure: stored.accepted }
  const { previous } = amendment
  if (!previous) return { outcome: 'exists', departure: stored.accepted }
  const names = touchedNames(amendment)
  // An edit without facts is a question whether its command is known, never a revision of its own.
  const isBased = names.length > 0 && isSame(pick(stored.document, names), pick(previous, names))
  if (!isBased || stored.accepted.revision !== previous.revision) {
    return { outcome: 'stale', departure: stored.accepted }
  }
  return write(rows, stored, amendment)
}

/** Writes the adoption of an external edit. Runs inside a write transaction. */
export function commitAdoption(rows: DepartureRows, edit: ExternalEdit, amendment: Amendment): CommitResult {
  const stored = rows.find(edit.departure.id)
  if (!stored) return { outcome: 'unknown' }
  const isAsFound = isSame(pick(stored.document, edit.names), edit.found)
  if (!isAsFound || stored.accepted.revision !== edit.departure.revision) {
    return { outcome: 'stale', departure: stored.accepted }
  }
  return write(rows, stored, amendment)
}

function insert(rows: DepartureRows, { next, change }: Amendment): CommitResult {
  const commands = keepCommand([], change.commandId, next.revision)
  rows.insert(next, { accepted: next, document: next, commands })
  rows.enqueue(change, next)
  return { outcome: 'committed', departure: next }
}

function write(rows: DepartureRows, stored: StoredDeparture, amendment: Amendment): CommitResult {
  const count = rows.countUnpublished(amendment.next.id)
  if (count >= OUTBOX_CAP) return { outcome: 'outbox-full', departure: stored.accepted, count }
  const departure = amendDocument(stored.accepted, amendment)
  const commands = keepCommand(stored.commands, amendment.change.commandId, departure.revision)
  rows.update(departure, { ...texts(stored, departure, amendment), commands })
  rows.enqueue(amendment.change, departure)
  return { outcome: 'committed', departure }
}

/**
 * Mirror and document are the same text again as soon as no fact differs, so that the index of edited departures
 * holds only those with something to decide.
 */
function texts(stored: StoredDeparture, departure: Departure, amendment: Amendment) {
  const document = amendDocument(stored.document, amendment)
  if (!stored.isUntouched && differingNames(document, departure).length > 0) return { accepted: departure, document }
  const settled = settleDocument(document, departure)
  return { accepted: settled, document: settled }
}
