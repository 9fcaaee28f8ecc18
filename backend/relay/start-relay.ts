import { randomUUID } from 'node:crypto'
import type { Part, PartHealth } from '../part.ts'
import { type Lane, startLane } from '../work/lane.ts'
import { type Leadership, startLeadership } from '../work/leadership.ts'
import { type RelayParts, type RelayTimes, relayTimes } from './parts.ts'
import { publishBroadcasts } from './publish-broadcasts.ts'
import { createDeparturePublisher, type DeparturePublisher } from './publish-departures.ts'
import { createRelayMetrics } from './relay-metrics.ts'
import { settleExternalEdits } from './settle-external.ts'
import { createThrottle } from './throttle.ts'

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

// A scan may cost a query over all departures, so it takes at most a tenth of the time.
const SCAN_SHARE = 10

/** Starts the relay. Several may run: one publishes under a lease, and after a crash another one goes on. */
export async function startRelay(parts: RelayParts): Promise<Relay> {
  const times = { ...relayTimes, ...parts.times }
  const lanes: Lane[] = []
  const wake = () => {
    for (const lane of lanes) lane.wake()
  }
  const { leases } = parts.stores
  const leadership = await startLeadership({
    ...{ leases, clock: parts.clock, logger: parts.logger, name: 'relay', owner: randomUUID() },
    ...{ ttl: times.lease, renewal: times.renewal, gained: wake },
  })
  const { publisher, external, scanTime } = startLanes({ parts, times, leadership, lanes })
  const scan = createThrottle(external.wake, () => Math.max(times.externalPause, scanTime() * SCAN_SHARE))
  const unwatch = parts.stores.departures.watch(() => {
    for (const lane of lanes) if (lane !== external) lane.wake()
    scan.request()
  })
  return {
    name: 'relay',
    isLeading: leadership.isHeld,
    wake,
    health: () => readHealth({ parts, leadership, publisher, lanes }),
    async close() {
      await unwatch()
      scan.cancel()
      await Promise.all(lanes.map((lane) => lane.close()))
      await leadership.close()
    },
  }
}

interface LaneParts {
  readonly parts: RelayParts
  readonly times: RelayTimes
  readonly leadership: Leadership
  readonly lanes: Lane[]
}

/** Changes, broadcasts and external edits each go their own pace: trouble with one does not hold up the others. */
function startLanes({ parts, times, leadership, lanes }: LaneParts) {
  const metrics = createRelayMetrics(parts.metrics)
  const publisher = createDeparturePublisher(parts, metrics)
  const { logger } = parts
  let scanTime = 0
  const start = (name: string, interval: number, work: () => Promise<boolean>) => {
    const lane = startLane({ name, interval, logger, work: async () => leadership.isHeld() && (await work()) })
    lanes.push(lane)
    return lane
  }
  start('departures', times.departures, () => publisher.publish())
  start('broadcasts', times.broadcasts, () => publishBroadcasts(parts, metrics))
  const external = start('external', times.externalScan, async () => {
    const startedAt = performance.now()
    try {
      await settleExternalEdits(parts, metrics)
      return false
    } finally {
      scanTime = performance.now() - startedAt
    }
  })
  return { publisher, external, scanTime: () => scanTime }
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
    return { status: isWell ? 'ok' : 'degraded', ...figures, unpublished: count, age }
  } catch {
    // The store's own entry in the health report says what is wrong with it.
    return { status: 'down', ...figures }
  }
}
