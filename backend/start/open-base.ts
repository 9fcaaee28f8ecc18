import { join } from 'node:path'
import { systemTimer } from '../../src/node/clock/system-clock.ts'
import { findPackageRoot } from '../../src/node/config/package-root.ts'
import { publicUrlOf, type Settings } from '../../src/node/config/settings.ts'
import { openEngine } from '../../src/node/engine/open-engine.ts'
import { createMetrics } from '../../src/node/metrics/create-metrics.ts'
import { loadKey } from '../../src/node/secrets/load-key.ts'
import { createPasswordHasher } from '../../src/node/secrets/password-hasher.ts'
import { createSealer } from '../../src/node/secrets/sealer.ts'
import { tokenMaker } from '../../src/node/secrets/token-maker.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import { loadReference } from '../ingest/reference/reference-data.ts'
import type { Base } from './parts.ts'

/** A base whose links learn the port once it is bound. */
export interface OpenedBase extends Base {
  bind(port: number): void
}

/** Opens stores, log, keys and reference data. */
export async function openBase(settings: Settings, logger: Log): Promise<OpenedBase> {
  let { port } = settings
  const sealer = createSealer(loadKey(settings))
  const reference = await loadReference(join(findPackageRoot(), 'resources', 'reference'))
  return {
    ...{ settings, logger, sealer, reference, tokens: tokenMaker, timer: systemTimer },
    metrics: createMetrics(),
    engine: await openEngine(settings, logger),
    hasher: createPasswordHasher(),
    publicUrl: () => publicUrlOf(settings, port),
    bind(bound) {
      port = bound
    },
  }
}
