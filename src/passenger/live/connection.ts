/**
 * How fresh the page is. `connecting` is only the time before the first contact; afterwards a page is `live` (told at
 * once), `polling` (asks every so often) or `offline` (what it shows grows old).
 */
export interface Connection {
  readonly mode: 'connecting' | 'live' | 'polling' | 'offline'
  /** Our clock at the last sign of the server; absent while connecting. */
  readonly contactAt?: number
}

/** Pause between polls, milliseconds. */
export const POLL_PAUSE = 20_000
