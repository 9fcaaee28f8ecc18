import type { Settings } from '../../src/node/config/settings.ts'
import { type Board, openBoard } from '../../src/shared/desk/board.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { Http } from '../http/start-http.ts'
import { placesOf } from '../ingest/reference/reference-data.ts'
import type { NotifierSettings } from '../notifier/parts.ts'
import { startNotifier } from '../notifier/start-notifier.ts'
import type { Part } from '../part.ts'
import { startPush } from '../push/start-push.ts'
import type { RelayTimes } from '../relay/parts.ts'
import { startRelay } from '../relay/start-relay.ts'
import { checkKey } from './check-key.ts'
import { findUnused } from './find-unused.ts'
import { type FirstAccounts, makeFirstAccounts } from './first-accounts.ts'
import { type OpenedBase, openBase } from './open-base.ts'
import type { Timed } from './parts.ts'
import { startPruning } from './prune.ts'
import { startPublishingTime } from './publish-time.ts'
import { reportUnused } from './report-unused.ts'
import { serveHttp } from './serve-http.ts'
import { createStack, type Stack } from './stack.ts'
import { type Demo, startDemo } from './start-demo.ts'
import { watchEngine } from './watch-engine.ts'

// What a whole restart misses at 400 changes a second; reading it takes a tenth of a second.
const REMEMBERED = 2_000

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

/** Times that only tests change, because they have no minutes to wait. */
export interface Tuning {
  readonly relay?: Partial<RelayTimes>
  readonly notifier?: Pick<NotifierSettings, 'leaseTtl' | 'mergeWindow'>
}

/**
 * Starts all parts in the order in which they need each other: stores and log, the replayed day, the board, then who
 * reads from it. Nothing is left running when one of them fails.
 */
export async function startBackend(settings: Settings, logger: Log, tuning: Tuning = {}): Promise<Backend> {
  const stack = createStack((name, error) => logger.error({ part: name, err: error }, 'a part did not close'))
  try {
    return await startAll(stack, await openBase(settings, logger), tuning)
  } catch (error) {
    await stack.close()
    throw error
  }
}

async function startAll(stack: Stack, opened: OpenedBase, tuning: Tuning): Promise<Backend> {
  const { settings, logger } = opened
  stack.add(asPart('engine', opened.engine.close))
  const { stores, log } = opened.engine
  await checkKey(stores.settings, opened.sealer)
  const demo = await startDemo(opened, stack)
  const base: Timed = { ...opened, clock: demo.clock }
  stack.add(await startPublishingTime({ settings: stores.settings, clock: base.clock, timer: base.timer, logger }))
  const accounts = await makeFirstAccounts({
    ...{ staff: stores.staff, hasher: base.hasher, clock: base.clock },
    ...{ password: settings.adminPassword, isDemo: settings.day !== undefined },
  })
  const { engine, timer } = opened
  stack.add(startPruning({ engine, staff: stores.staff, timer, logger, now: base.clock.wall }))
  const board = await openBoard({ departures: stores.departures, log, clock: base.clock, logger, past: REMEMBERED })
  stack.add(asPart('board', board.close))
  const http = await startParts(stack, { ...base, board, demo, tuning })
  opened.bind(Number(new URL(http.url).port))
  demo.begin()
  const departures = board.all().size
  return { url: base.publicUrl(), localUrl: http.url, accounts, departures, close: stack.close }
}

interface Ground extends Timed {
  readonly board: Board
  readonly demo: Demo
  readonly tuning: Tuning
}

async function startParts(stack: Stack, base: Ground): Promise<Http> {
  const { engine, settings, clock, timer, logger, metrics, sealer, reference, board, demo, tuning } = base
  const { stores, log } = engine
  const relay = stack.add(await startRelay({ stores, log, clock, logger, metrics, times: tuning.relay ?? {} }))
  const notifier = stack.add(
    await startNotifier({
      ...{ stores, log, clock, timer, sealer, logger, metrics },
      places: placesOf(reference),
      settings: { publicUrl: base.publicUrl, smtp: settings.smtp, ...tuning.notifier },
    }),
  )
  const push = stack.add(
    await startPush({
      ...{ board, log, stores, clock, logger, metrics },
      settings: { publicUrl: base.publicUrl(), trustProxy: settings.trustProxy },
    }),
  )
  const unused = reportUnused(findUnused(settings), logger)
  const monitored: readonly Part[] = [...watchEngine(engine), relay, push, notifier, ...demo.parts, ...unused]
  return stack.add(await serveHttp(base, { board, push, notifier, relay, monitored }))
}

function asPart(name: string, close: () => Promise<void>): Part {
  return { name, close, health: () => ({ status: 'ok' }) }
}
