import { systemClock } from '../../src/node/clock/system-clock.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import { type DemoBookings, startDemoBookings } from '../ingest/demo/start-demo-bookings.ts'
import { loadDay } from '../ingest/replay/day-file.ts'
import { startReplay } from '../ingest/replay/start-replay.ts'
import type { Base } from './parts.ts'
import type { Stack } from './stack.ts'

/** What was started of the demonstration. */
export interface Demo {
  /** The operational clock: that of the replayed day, or the machine's. */
  readonly clock: Clock
  /** Starts what may take its time, now that the board is up. */
  begin(hooks: { readonly wake: () => void }): void
}

/** Lays the real day over today, where one is asked for. */
export async function startDemo(base: Base, stack: Stack): Promise<Demo> {
  const { settings, engine, logger, reference, timer, sealer } = base
  if (settings.day === undefined) return { clock: systemClock, begin: () => undefined }
  const bookings: DemoBookings = startDemoBookings({ stores: engine.stores, reference, sealer, logger })
  const replay = await startReplay({
    ...{ stores: engine.stores, logger, reference, timer, wall: systemClock.wall },
    day: await loadDay(settings.day, logger),
    settings: { start: settings.start, speed: settings.speed },
    onDay: (plan) => bookings.fill(plan),
  })
  stack.add(replay)
  stack.add(bookings)
  return {
    clock: replay.clock,
    begin({ wake }) {
      wake()
      bookings.begin()
    },
  }
}
