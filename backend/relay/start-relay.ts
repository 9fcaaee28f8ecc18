import { randomUUID } from 'node:crypto'
import type { Part, PartHealth } from '../part.ts'
import { type Lane, startLane } from '../work/lane.ts'
import { type Leadership, startLeadership } from '../work/leadership.ts'
import { type RelayParts, type RelayTimes, relayTimes } from './parts.ts'
import { publishBroadcasts } from './publish-broadcasts.ts'
import { createDeparturePublisher, type DeparturePublisher } from './publish-departures.ts'
import { createRelayMetrics } from './relay-metrics.ts'
import { settleExternalEdits } from './settle-external.ts'
import { createSuspects, type Suspects } from './suspects.ts'
import { createThrottle, type Throttle } from './throttle.ts'

/** The relay: carries what was accepted from the stores to the log. */
export interface Relay extends Part {
  /** Whether this process publishes now; another one does otherwise. */
  isLeading(): boolean
  /** Looks for changes, broadcasts and external edits now. */
  wake(): void
}

interface Running {
  readonly parts: RelayParts
  readonly leadership: Leadership
  readonly publisher: DeparturePublisher
  readonly lanes: readonly Lane[]
}

/** An accepted change that waits longer than this is reported as a fault of the relay. Milliseconds. */
const OUTBOX_AGE_ALARM = 10_000

// Milliseconds. No watch announces broadcasts everywhere, but where one does they need not wait for the timer.
const BROADCAST_PAUSE = 50

// Milliseconds. History and mark of all that is published meanwhile are written together, out of the way of the next.
const KEEP_PAUSE = 25

// A scan may cost a query over all departures, so it takes at most a tenth of the time.
const SCAN_SHARE = 10

/** Starts the relay. Several may run: one publishes under a lease, and after a crash another one goes on. */
export async function startRelay(parts: RelayParts): Promise<Relay> {
  const times = { ...relayTimes, ...parts.times }
  const lanes: Lane[] = []
  const suspects = createSuspects()
  const wake = () => {
    suspects.add(undefined)
    for (const lane of lanes) lane.wake()
  }
  const { leases } = parts.stores
  const leadership = await startLeadership({
    ...{ leases, clock: parts.clock, logger: parts.logger, name: 'relay', owner: randomUUID() },
    ...{ ttl: times.lease, renewal: times.renewal, gained: wake },
  })
  const started = startLanes({ parts, times, leadership, suspects, lanes })
  const { publisher } = started
  const throttles = createThrottles(started, times)
  const unwatch = parts.stores.departures.watch((foreign) => {
    started.departures.wake()
    throttles.broadcasts.request()
    suspects.add(foreign)
    if (foreign?.length !== 0) throttles.external.request()
  })
  return {
    name: 'relay',
    isLeading: leadership.isHeld,
    wake,
    health: () => readHealth({ parts, leadership, publisher, lanes }),
    async close() {
      await unwatch()
      for (const throttle of [...Object.values(throttles), started.keeping]) throttle.cancel()
      await Promise.all(lanes.map((lane) => lane.close()))
      await publisher.keep().catch((err: unknown) => parts.logger.warn({ err }, 'what was published was not marked'))
      await leadership.close()
    },
  }
}

interface LaneParts {
  readonly parts: RelayParts
  readonly times: RelayTimes
  readonly leadership: Leadership
  readonly suspects: Suspects
  readonly lanes: Lane[]
}

interface StartedLanes {
  readonly publisher: DeparturePublisher
  readonly departures: Lane
  readonly broadcasts: Lane
  readonly external: Lane
  readonly keeping: Throttle
  /** How long the last scan took, in milliseconds. */
  readonly scanTime: () => number
}

/** Most hints are of our own changes, which these lanes have nothing to do with. */
function createThrottles({ broadcasts, external, scanTime }: StartedLanes, { externalPause }: RelayTimes) {
  return {
    broadcasts: createThrottle(broadcasts.wake, () => BROADCAST_PAUSE),
    external: createThrottle(external.wake, () => Math.max(externalPause, scanTime() * SCAN_SHARE)),
  }
}

/** Changes, broadcasts and external edits each go their own pace: trouble with one does not hold up the others. */
function startLanes({ parts, times, leadership, suspects, lanes }: LaneParts): StartedLanes {
  const metrics = createRelayMetrics(parts.metrics)
  const publisher = createDeparturePublisher(parts, metrics)
  const { logger } = parts
  let scanTime = 0
  const start = (name: string, interval: number, work: () => Promise<boolean>) => {
    const lane = startLane({ name, interval, logger, work })
    lanes.push(lane)
    return lane
  }
  const lead = (name: string, interval: number, work: () => Promise<boolean>) =>
    start(name, interval, async () => leadership.isHeld() && (await work()))
  // What is on the log is marked whoever leads by now.
  const keep = start('bookkeeping', times.departures, () => publisher.keep().then(() => false))
  const keeping = createThrottle(keep.wake, () => KEEP_PAUSE)
  const departures = lead('departures', times.departures, () => publisher.publish().finally(keeping.request))
  const broadcasts = lead('broadcasts', times.broadcasts, () => publishBroadcasts(parts, metrics))
  const external = lead('external', times.externalScan, async () => {
    const startedAt = performance.now()
    const among = suspects.take()
    try {
      await settleExternalEdits(parts, metrics, among)
      return false
    } catch (error) {
      suspects.add(among)
      throw error
    } finally {
      scanTime = performance.now() - startedAt
    }
  })
  return { publisher, departures, broadcasts, external, keeping, scanTime: () => scanTime }
}

async function readHealth({ parts, leadership, publisher, lanes }: Running): Promise<PartHealth> {
  const failing = lanes.filter((lane) => lane.failures() > 0).map(({ name }) => name)
  const figures = {
    leading: leadership.isHeld(),
    blocked: publisher.blocked(),
    ...(failing.length > 0 && { failing: failing.join(' ') }),
  }
  try {
    const { count, oldestAt } = await parts.stores.departures.backlog()
    const age = oldestAt === undefined ? 0 : Math.max(0, parts.clock.wall() - oldestAt)
    const isWell = failing.length === 0 && figures.blocked === 0 && age < OUTBOX_AGE_ALARM
    return { status: isWell ? 'ok' : 'degraded', ...figures, lag: count, unpublished: count, age }
  } catch {
    // The store's own entry in the health report says what is wrong with it.
    return { status: 'down', ...figures }
  }
}
