import { placesOf } from '../ingest/reference/reference-data.ts'
import type { NotifierSettings } from '../notifier/parts.ts'
import { type Notifier, startNotifier } from '../notifier/start-notifier.ts'
import type { RelayTimes } from '../relay/parts.ts'
import { type Relay, startRelay } from '../relay/start-relay.ts'
import type { Timed } from './parts.ts'
import type { Stack } from './stack.ts'

/** Times that only tests change, because they have no minutes to wait. */
export interface Tuning {
  readonly relay?: Partial<RelayTimes>
  readonly notifier?: Pick<NotifierSettings, 'leaseTtl' | 'mergeWindow'>
}

/** What works without being asked. */
export interface Background {
  readonly relay: Relay
  readonly notifier: Notifier
}

/** Starts the relay and the notifier. */
export async function startBackground(stack: Stack, base: Timed, tuning: Tuning): Promise<Background> {
  const { engine, settings, clock, timer, logger, metrics, sealer, reference } = base
  const { stores, log } = engine
  const relay = stack.add(await startRelay({ stores, log, clock, logger, metrics, times: tuning.relay ?? {} }))
  const notifier = stack.add(
    await startNotifier({
      ...{ stores, log, clock, timer, sealer, logger, metrics },
      places: placesOf(reference),
      settings: { publicUrl: base.publicUrl, smtp: settings.smtp, ...tuning.notifier },
    }),
  )
  return { relay, notifier }
}
