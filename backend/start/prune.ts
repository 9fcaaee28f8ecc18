import type { Engine } from '../../src/node/engine/open-engine.ts'
import { DAY, MINUTE } from '../../src/shared/domain/instant.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { StaffStore } from '../../src/shared/ports/staff-store.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'
import type { Part } from '../part.ts'

// As long as a Kafka broker keeps records unless told otherwise; what happened before is in the history.
const KEPT = 7 * DAY
const EVERY = DAY / 4

// The first time soon, for machines that are switched off every night, but not while everything is starting.
const FIRST = 10 * MINUTE

/** What keeping the store small needs. */
export interface PruneParts {
  readonly engine: Pick<Engine, 'prune'>
  readonly staff: Pick<StaffStore, 'endSessionsBefore'>
  readonly timer: Timer
  readonly logger: Log
  readonly now: () => number
}

/** Removes, now and then, what nobody will ask for again: ended sessions, and old records of the embedded log. */
export function startPruning(parts: PruneParts): Part {
  let running: Promise<void> = Promise.resolve()
  const start = () => {
    running = running.then(() => prune(parts))
  }
  const stops = [parts.timer.after(FIRST, start), parts.timer.every(EVERY, start)]
  return {
    name: 'prune',
    health: () => ({ status: 'ok' }),
    async close() {
      for (const stop of stops) stop()
      await running
    },
  }
}

async function prune({ engine, staff, logger, now }: PruneParts): Promise<void> {
  try {
    await staff.endSessionsBefore(now())
    const count = await engine.prune(now() - KEPT)
    if (count > 0) logger.info({ count }, 'old records left the log')
  } catch (error) {
    logger.error({ err: error }, 'the store could not be pruned; it is tried again')
  }
}
