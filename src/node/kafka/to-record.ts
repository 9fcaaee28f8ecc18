import type { LogRecord, Topic } from '../../shared/ports/event-log.ts'

/** What every way of reading from the library has in common. */
export interface PlacedMessage {
  readonly partition: number
  readonly offset: number
  readonly key: Buffer | null
  readonly value: Buffer | null
}

/** Bytes that are no UTF-8 become replacement characters: such a record is poison anyway, and is set aside. */
export function toRecord(topic: Topic, { partition, offset, key, value }: PlacedMessage): LogRecord {
  return { topic, partition, offset, key: key?.toString('utf8'), value: value?.toString('utf8') }
}

/** In pieces of at most `size`. */
export function inPieces<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
