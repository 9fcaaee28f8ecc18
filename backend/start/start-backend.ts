import type { Settings } from '../../src/node/config/settings.ts'
import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import { systemFigures } from '../system/system-figures.ts'
import { findUnused } from './find-unused.ts'
import type { FirstAccounts } from './first-accounts.ts'
import { type OpenedBase, openBase } from './open-base.ts'
import { reportUnused } from './report-unused.ts'
import { type Stack, startOnStack } from './stack.ts'
import { startBackground, type Tuning } from './start-background.ts'
import { type Helpers, openOwnBoard, startServing } from './start-serving.ts'
import { startStation } from './start-station.ts'
import { watchEngine } from './watch-engine.ts'

/** A running backend. */
export interface Backend {
  readonly url: string
  /** Where this machine finds it, whatever the outside calls it. */
  readonly localUrl: string
  readonly accounts: FirstAccounts
  /** How many departures stand on the board. */
  readonly departures: number
  /** Drains and stops everything. */
  close(): Promise<void>
}

/**
 * Starts all parts in the order in which they need each other: stores and log, the replayed day, the board, who
 * works in the background, and who serves the board. Nothing is left running when one of them fails.
 */
export async function startBackend(settings: Settings, logger: Log, tuning: Tuning = {}): Promise<Backend> {
  return startOnStack(logger, async (stack) => startAll(stack, await openBase(settings, logger), tuning))
}

async function startAll(stack: Stack, opened: OpenedBase, tuning: Tuning): Promise<Backend> {
  const { settings, logger, engine } = opened
  const { base, demo, accounts } = await startStation(stack, opened)
  const boarded = await openOwnBoard(stack, base)
  const { relay, notifier } = await startBackground(stack, base, tuning)
  const unused = reportUnused(findUnused(settings), logger)
  const http = await startServing(stack, boarded, {
    lookNow: relay.wake,
    sendConfirmation: notifier.sendConfirmation,
    metrics: ownMetrics(opened.metrics),
    monitored: (push) => [...watchEngine(engine), relay, push, notifier, ...demo.parts, ...unused],
  })
  opened.bind(Number(new URL(http.url).port))
  demo.begin()
  const departures = boarded.board.all().size
  return { url: base.publicUrl(), localUrl: http.url, accounts, departures, close: stack.close }
}

/** Where all parts run in one process, its figures are all there are. */
function ownMetrics({ registry, some }: Metrics): Helpers['metrics'] {
  return {
    contentType: registry.contentType,
    metrics: () => registry.metrics(),
    figures: async () => [{ worker: 'backend', figures: await some(systemFigures) }],
  }
}
