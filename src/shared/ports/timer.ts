/** Timers, so that code which waits can be tested without waiting. */
export interface Timer {
  /** Calls back once. @returns how to cancel it */
  after(milliseconds: number, callback: () => void): () => void
  /** Calls back again and again. @returns how to stop it */
  every(milliseconds: number, callback: () => void): () => void
}
