import type { Engine } from '../../src/node/engine/open-engine.ts'
import { DAY } from '../../src/shared/domain/instant.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'
import type { Part } from '../part.ts'

// As long as a Kafka broker keeps records unless told otherwise; what happened before is in the history.
const KEPT = 7 * DAY
const EVERY = DAY / 4

/** What keeping the embedded log small needs. */
export interface PruneParts {
  readonly engine: Pick<Engine, 'prune'>
  readonly timer: Timer
  readonly logger: Log
  readonly now: () => number
}

/** Removes old records from the embedded log, now and then; a Kafka broker does that by itself. */
export function startPruning({ engine, timer, logger, now }: PruneParts): Part {
  let running: Promise<void> = Promise.resolve()
  const prune = async () => {
    try {
      const count = await engine.prune(now() - KEPT)
      if (count > 0) logger.info({ count }, 'old records left the log')
    } catch (error) {
      logger.error({ err: error }, 'the log could not be pruned; it is tried again')
    }
  }
  const stop = timer.every(EVERY, () => {
    running = prune()
  })
  return {
    name: 'prune',
    health: () => ({ status: 'ok' }),
    async close() {
      stop()
      await running
    },
  }
}
