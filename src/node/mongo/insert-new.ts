import { type Collection, type Document, MongoBulkWriteError, type OptionalUnlessRequiredId } from 'mongodb'

const DUPLICATE_KEY = 11000

/**
 * Inserts documents and leaves those whose key exists as they are.
 * @returns the positions of those that were new
 */
export async function insertNew<Stored extends Document>(
  collection: Collection<Stored>,
  documents: readonly OptionalUnlessRequiredId<Stored>[],
): Promise<ReadonlySet<number>> {
  const fresh = new Set(documents.keys())
  if (documents.length === 0) return fresh
  try {
    await collection.insertMany([...documents], { ordered: false })
  } catch (error) {
    for (const position of duplicatesOf(error, documents.length)) fresh.delete(position)
  }
  return fresh
}

/**
 * The driver wraps a lost connection in the same error, without naming a document. Only where every document is either
 * inserted or named as a duplicate is the error no failure.
 */
function duplicatesOf(error: unknown, count: number): readonly number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error
  const failures = [error.writeErrors].flat()
  const isComplete = failures.length > 0 && error.insertedCount + failures.length === count
  if (!isComplete || failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error
  return failures.map(({ index }) => index)
}
