import type { Settings } from '../../src/node/config/settings.ts'
import type { Engine } from '../../src/node/engine/open-engine.ts'
import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { PasswordHasher, Sealer, TokenMaker } from '../../src/shared/ports/secrets.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'
import type { Reference } from '../ingest/reference/reference-data.ts'

/** What every part of the backend is made from, opened before any of them starts. */
export interface Base {
  readonly settings: Settings
  readonly logger: Log
  readonly metrics: Metrics
  readonly engine: Engine
  readonly reference: Reference
  readonly sealer: Sealer
  readonly hasher: PasswordHasher
  readonly tokens: TokenMaker
  readonly timer: Timer
  /** For links; the port is known only after listening. */
  readonly publicUrl: () => string
}

/** {@link Base} with the clock that the replay, where there is one, has set. */
export interface Timed extends Base {
  readonly clock: Clock
}
