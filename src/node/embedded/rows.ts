import type { Row, Statement } from './database.ts'

/** A column that holds text; our own schema is STRICT, so anything else is a defect. */
export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`)
  return value
}

/** A column that holds a number. */
export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`)
  return value
}

/** The one document that a query finds; its type is what the same store wrote. */
export function findDocument<Document>(
  query: Statement,
  ...values: readonly (string | number)[]
): Document | undefined {
  const row = query.get(...values)
  return row && parseDocument<Document>(row)
}

/** The documents that a query finds, in its order. */
export function listDocuments<Document>(
  query: Statement,
  ...values: readonly (string | number)[]
): readonly Document[] {
  return query.all(...values).map((row) => parseDocument<Document>(row))
}

/** For `IN (SELECT value FROM json_each(?))`: one statement for any number of values. */
export function asList(values: readonly string[]): string {
  return JSON.stringify(values)
}

/** How many wait, and the age of the oldest where there is one; for queries with `count` and `oldest_at`. */
export function readBacklog(query: Statement): { readonly count: number; readonly oldestAt?: number } {
  const row = query.get()
  const count = row ? numberOf(row, 'count') : 0
  return row && count > 0 ? { count, oldestAt: numberOf(row, 'oldest_at') } : { count }
}

function parseDocument<Document>(row: Row): Document {
  return JSON.parse(textOf(row, 'document'))
}
