import type { LogReader } from '../../shared/ports/event-log.ts'

/** Readers that are running, so that closing the log can close them. */
export type Readers = Set<LogReader>

/**
 * Runs `read` until it is told to stop.
 * @param read - resolves soon after its signal was aborted, and not while a handler is running
 */
export function openReader(readers: Readers, read: (signal: AbortSignal) => Promise<void>): LogReader {
  const stop = new AbortController()
  const ended = read(stop.signal)
  const reader = {
    async close() {
      stop.abort()
      readers.delete(reader)
      await ended
    },
  }
  readers.add(reader)
  return reader
}

/** Closes what is still running, side by side. */
export async function closeReaders(readers: Readers): Promise<void> {
  await Promise.all([...readers].map((reader) => reader.close()))
}
