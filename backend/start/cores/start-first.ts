import type { Settings } from '../../../src/node/config/settings.ts'
import type { Log } from '../../../src/shared/ports/log.ts'
import { findUnused } from '../find-unused.ts'
import { type OpenedBase, openBase } from '../open-base.ts'
import { reportUnused } from '../report-unused.ts'
import { type Stack, startOnStack } from '../stack.ts'
import type { Backend } from '../start-backend.ts'
import { startBackground, type Tuning } from '../start-background.ts'
import { asPart, startStation } from '../start-station.ts'
import { createFirstAnswers } from './first-answers.ts'
import { forkGateway } from './fork-gateway.ts'
import { type Gateways, startGateways } from './gateways.ts'

/**
 * Starts a backend of several processes: here what there is once (the replayed day, relay, notifier), and the gateways,
 * which serve HTTP and push from the log. Nothing is left running when one of them fails.
 */
export async function startFirst(settings: Settings, logger: Log, tuning: Tuning = {}): Promise<Backend> {
  return startOnStack(logger, async (stack) => startAll(stack, await openBase(settings, logger), tuning))
}

async function startAll(stack: Stack, opened: OpenedBase, tuning: Tuning): Promise<Backend> {
  const { settings, logger, metrics, timer } = opened
  const { base, demo, accounts } = await startStation(stack, opened)
  const { relay, notifier } = await startBackground(stack, base, tuning)
  const unused = reportUnused(findUnused(settings), logger)
  let gateways: Gateways | undefined
  const count = settings.pushWorkers
  const answers = createFirstAnswers({
    parts: [relay, notifier, ...demo.parts, ...unused],
    ...{ count, metrics, gateways: () => gateways },
    ...{ lookNow: relay.wake, sendConfirmation: notifier.sendConfirmation },
  })
  gateways = await startGateways({ count, fork: forkGateway, answers, timer, logger, random: Math.random })
  stack.add(asPart('gateways', gateways.close))
  const { localUrl, departures } = gateways.started
  opened.bind(Number(new URL(localUrl).port))
  demo.begin()
  return { url: base.publicUrl(), localUrl, accounts, departures, close: stack.close }
}
