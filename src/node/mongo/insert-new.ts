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
    for (const position of duplicatesOf(error)) fresh.delete(position)
  }
  return fresh
}

function duplicatesOf(error: unknown): readonly number[] {
  if (!(error instanceof MongoBulkWriteError)) throw error
  const failures = [error.writeErrors].flat()
  if (failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error
  return failures.map(({ index }) => index)
}
