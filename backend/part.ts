/** How one part of the backend is doing, as `GET /health` shows it. */
export interface PartHealth {
  readonly status: 'ok' | 'degraded' | 'down'
  /** Figures such as `lag`, `age` (ms), `sockets`; no personal data. */
  readonly [figure: string]: string | number | boolean | undefined
}

/** A part of the backend that the composition root starts and stops. */
export interface Part {
  readonly name: string
  health(): Promise<PartHealth> | PartHealth
  /** Finishes what is under way and stops; resolves when nothing runs any more. */
  close(): Promise<void>
}
