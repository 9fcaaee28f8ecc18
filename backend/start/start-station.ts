import type { Part } from '../part.ts'
import { checkKey } from './check-key.ts'
import { type FirstAccounts, makeFirstAccounts } from './first-accounts.ts'
import type { OpenedBase } from './open-base.ts'
import type { Timed } from './parts.ts'
import { startPruning } from './prune.ts'
import { startPublishingTime } from './publish-time.ts'
import type { Stack } from './stack.ts'
import { type Demo, startDemo } from './start-demo.ts'

/** What there is once per station, however many processes serve it. */
export interface Station {
  readonly base: Timed
  readonly demo: Demo
  readonly accounts: FirstAccounts
}

/** Checks the key, starts the replayed day where one is asked for, its clock, the first accounts and the pruning. */
export async function startStation(stack: Stack, opened: OpenedBase): Promise<Station> {
  const { settings, logger, engine, timer } = opened
  stack.add(asPart('engine', engine.close))
  const { stores } = engine
  await checkKey(stores.settings, opened.sealer)
  const demo = await startDemo(opened, stack)
  const base: Timed = { ...opened, clock: demo.clock }
  stack.add(await startPublishingTime({ settings: stores.settings, clock: base.clock, timer, logger }))
  const accounts = await makeFirstAccounts({
    ...{ staff: stores.staff, hasher: base.hasher, clock: base.clock },
    ...{ password: settings.adminPassword, isDemo: settings.day !== undefined },
  })
  stack.add(startPruning({ engine, staff: stores.staff, timer, logger, now: base.clock.wall }))
  return { base, demo, accounts }
}

/** Something that is only closed, as a part. */
export function asPart(name: string, close: () => Promise<void>): Part {
  return { name, close, health: () => ({ status: 'ok' }) }
}
