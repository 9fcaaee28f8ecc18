import { z } from 'zod'
import { systemClock } from '../../../src/node/clock/system-clock.ts'
import type { Settings } from '../../../src/node/config/settings.ts'
import { figuresSchema, mergeMetrics, metricsContentType } from '../../../src/node/metrics/merge-metrics.ts'
import { createStationClock, type StationClock } from '../../../src/shared/desk/station-clock.ts'
import type { Log } from '../../../src/shared/ports/log.ts'
import type { Part, PartHealth } from '../../part.ts'
import type { Push } from '../../push/start-push.ts'
import { systemFigures } from '../../system/system-figures.ts'
import { type OpenedBase, openBase } from '../open-base.ts'
import { type Stack, startOnStack } from '../stack.ts'
import type { Backend } from '../start-backend.ts'
import { type Helpers, openOwnBoard, startServing } from '../start-serving.ts'
import { asPart } from '../start-station.ts'
import { watchEngine } from '../watch-engine.ts'
import { type Calls, createCalls } from './calls.ts'
import { ownChannel } from './own-channel.ts'
import { findRemoteParts } from './remote-parts.ts'

/** A running gateway process. */
export type Gateway = Pick<Backend, 'url' | 'localUrl' | 'departures' | 'close'>

// The first process looks after itself for 2 s before it answers; a confirmation takes as long as a mail server does.
const PATIENCE = 30_000

// The first process publishes the operational time every 5 s where it leaps.
const LOOK_AT_CLOCK = 5_000

/** Starts a gateway process: board, push and HTTP from the log. Nothing is left running when one of them fails. */
export async function startGateway(settings: Settings, logger: Log): Promise<Gateway> {
  return startOnStack(logger, async (stack) => startAll(stack, await openBase(settings, logger)))
}

async function startAll(stack: Stack, opened: OpenedBase): Promise<Gateway> {
  const { engine, metrics } = opened
  stack.add(asPart('engine', engine.close))
  const clock = createStationClock(systemClock)
  stack.add(await followClock(clock, opened))
  const boarded = await openOwnBoard(stack, { ...opened, clock })
  let push: Push | undefined
  const answers = {
    health: (): PartHealth | Promise<PartHealth> => push?.health() ?? { status: 'degraded', problem: 'starting' },
    metrics: () => metrics.registry.getMetricsAsJSON(),
    figures: () => metrics.some(systemFigures),
  }
  const first = createCalls(ownChannel, { answers, patience: PATIENCE })
  const remote = await findRemoteParts(first)
  const http = await startServing(stack, boarded, {
    ...askingFirst(first),
    monitored(own) {
      push = own
      return [...watchEngine(engine), ...remote]
    },
  })
  opened.bind(Number(new URL(http.url).port))
  const departures = boarded.board.all().size
  return { url: opened.publicUrl(), localUrl: http.url, departures, close: stack.close }
}

async function followClock(clock: StationClock, { engine, timer, logger }: OpenedBase): Promise<Part> {
  const { settings } = engine.stores
  await clock.follow(settings)
  const stop = timer.every(LOOK_AT_CLOCK, () => {
    clock.follow(settings).catch((err: unknown) => logger.warn({ err }, 'the operational time could not be read'))
  })
  return asPart('clock', async () => stop())
}

const reportsSchema = z.array(z.object({ worker: z.string(), figures: figuresSchema }))

function askingFirst(first: Calls): Pick<Helpers, 'lookNow' | 'sendConfirmation' | 'metrics'> {
  return {
    // A look that is not taken is taken by the next poller, or by the relay's own timer.
    lookNow: () => void first.ask('look').catch(() => undefined),
    sendConfirmation: async (pending) => void (await first.ask('confirm', pending)),
    metrics: {
      contentType: metricsContentType,
      metrics: async () => mergeMetrics(reportsSchema.parse(await first.ask('metrics'))),
      figures: async () => reportsSchema.parse(await first.ask('figures')),
    },
  }
}
