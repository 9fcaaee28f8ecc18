import { publishClock } from '../../src/shared/desk/station-clock.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { SettingStore } from '../../src/shared/ports/system-stores.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'
import type { Part } from '../part.ts'

// A day that is played as fast as possible moves its clock in leaps; desks may be behind by this much.
const EVERY = 5_000

/** What telling desks the time needs. */
export interface TimeParts {
  readonly settings: SettingStore
  readonly clock: Clock
  readonly timer: Timer
  readonly logger: Log
}

/** Tells desks that read the store themselves which time the station lives in, from the start and whenever it leaps. */
export async function startPublishingTime({ settings, clock, timer, logger }: TimeParts): Promise<Part> {
  await publishClock(settings, clock)
  let running = Promise.resolve()
  const stop = timer.every(EVERY, () => {
    running = running.then(() =>
      publishClock(settings, clock).catch((err: unknown) => logger.warn({ err }, 'desks could not be told the time')),
    )
  })
  return {
    name: 'time',
    health: () => ({ status: 'ok' }),
    async close() {
      stop()
      await running
    },
  }
}
