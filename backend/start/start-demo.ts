import { systemClock } from '../../src/node/clock/system-clock.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import { startDemoBookings } from '../ingest/demo/start-demo-bookings.ts'
import { loadDay } from '../ingest/replay/day-file.ts'
import { startReplay } from '../ingest/replay/start-replay.ts'
import type { Part } from '../part.ts'
import type { Base } from './parts.ts'
import type { Stack } from './stack.ts'

/** What was started of the demonstration. */
export interface Demo {
  /** The operational clock: that of the replayed day, or the machine's. */
  readonly clock: Clock
  /** Starts what may take its time, now that the board is up. */
  begin(): void
  /** What was started, for the health report. */
  readonly parts: readonly Part[]
}

/** Lays the real day over today, where one is asked for. */
export async function startDemo(base: Base, stack: Stack): Promise<Demo> {
  const { settings, engine, logger, reference, timer, sealer } = base
  if (settings.day === undefined) return { clock: systemClock, begin: () => undefined, parts: [] }
  const bookings = startDemoBookings({ stores: engine.stores, sealer, logger })
  const { promise: isUp, resolve: begin } = Promise.withResolvers<void>()
  const replay = await startReplay({
    ...{ stores: engine.stores, logger, reference, timer, wall: systemClock.wall },
    day: await loadDay(settings.day, logger),
    settings: { start: settings.start, speed: settings.speed },
    // Passengers are made up when everybody can see the board, not before.
    onDay: (plan) => void isUp.then(() => bookings.fill(plan, replay.clock.operational())),
  })
  stack.add(bookings)
  stack.add(replay)
  return { clock: replay.clock, begin, parts: [replay, bookings] }
}
