/** Main and service answer at once or are about to be gone; between two attempts a page waits this long. */
export const RETRY_AFTER = 1_000

/**
 * Takes everything that a stream brings, and opens it again whenever it ends, until it is stopped.
 * @returns stops it
 */
export function followStream<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  take: (value: T) => void,
): () => void {
  const ending = new AbortController()
  void keepUp(open, take, ending.signal)
  return () => ending.abort()
}

async function keepUp<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  take: (value: T) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // What the port was lost by is told by the feed; here it is enough to come back.
    await takeAll(await open(signal).catch(() => []), take).catch(() => undefined)
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER))
  }
}

async function takeAll<T>(values: AsyncIterable<T> | Iterable<T>, take: (value: T) => void): Promise<void> {
  for await (const value of values) take(value)
}
