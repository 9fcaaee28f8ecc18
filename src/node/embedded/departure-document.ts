import type { Amendment } from '../../shared/domain/change.ts'
import { type Departure, type FactName, factNames } from '../../shared/domain/departure.ts'
import { isSame } from '../../shared/lib/is-same.ts'

/** A departure's JSON as it lies in the file; others may have put anything into it. */
export type DepartureDocument = Readonly<Record<string, unknown>>

const identityNames = [
  ...['id', 'carrier', 'number', 'suffix', 'originDate', 'origin', 'originZone'],
  ...['destination', 'destinationZone', 'codeshares', 'demo'],
]
const ownNames: ReadonlySet<string> = new Set([...identityNames, ...factNames, ...['sources', 'revision', 'updatedAt']])

/** Reads the accepted text: it was written by us, but may carry members that others added to the document. */
export function readDeparture(accepted: string): Departure {
  const parsed = JSON.parse(accepted)
  for (const name of Object.keys(parsed)) {
    if (!ownNames.has(name)) delete parsed[name]
  }
  return parsed
}

/** The facts that an amendment touches. */
export function touchedNames({ change }: Pick<Amendment, 'change'>): readonly FactName[] {
  return factNames.filter((name) => name in change.fields)
}

/**
 * Writes what an amendment touches into a document and leaves all else: other facts and members that we do not know
 * may have been written beside us.
 */
export function amendDocument<Document extends object>(document: Document, amendment: Amendment): Document {
  const { next } = amendment
  const names = touchedNames(amendment)
  const amended = { ...document, revision: next.revision, updatedAt: next.updatedAt, ...pick(next, names) }
  const sources = 'sources' in document && typeof document.sources === 'object' ? document.sources : {}
  return withoutAbsent({ ...amended, sources: { ...sources, ...pick(next.sources, names) } })
}

/** Names of the facts in which a document differs from what was accepted. */
export function differingNames(document: DepartureDocument, accepted: Departure): readonly FactName[] {
  return factNames.filter((name) => !isSame(document[name], accepted[name]))
}

/** Puts the named facts of a document back to the accepted ones. */
export function restoreDocument(
  document: DepartureDocument,
  accepted: Departure,
  names: readonly string[],
): DepartureDocument {
  return withoutAbsent({ ...document, ...pick(accepted, names) })
}

/** The document with our own members as accepted, and the members of others as found. */
export function settleDocument(document: DepartureDocument, accepted: Departure): DepartureDocument {
  return { ...document, ...accepted }
}

/** The named members, `undefined` for absent ones. */
export function pick(from: object, names: readonly string[]): Record<string, unknown> {
  const members = new Map<string, unknown>(Object.entries(from))
  return Object.fromEntries(names.map((name) => [name, members.get(name)]))
}

function withoutAbsent<Document extends object>(document: Document): Document {
  for (const [name, value] of Object.entries(document)) {
    if (value === undefined) Reflect.deleteProperty(document, name)
  }
  return document
}
