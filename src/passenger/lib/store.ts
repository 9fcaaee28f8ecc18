/** A value that components follow. */
export interface Store<T> {
  get(): T
  /** Replaces the value; the same value again tells nobody. */
  set(next: T): void
  /** @returns the end of the subscription */
  subscribe(listener: () => void): () => void
}

/** Makes a store; enough for a page of this size, and shaped for `useSyncExternalStore`. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
