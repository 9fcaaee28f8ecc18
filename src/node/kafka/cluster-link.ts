import type { Cluster, Kafka } from 'kafkajs'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { backOff, pause } from '../readers/pause.ts'
import { isFinal, nameFailure } from './error-text.ts'
import { openCluster } from './open-cluster.ts'
import { within } from './within.ts'

/** Asks the cluster questions, over connections that are replaced when they fail. */
export interface ClusterLink {
  /**
   * Runs `work`, again after a failure, until the patience ends.
   * @throws FlightlineError `FL_LOG_UNAVAILABLE`
   */
  use<Result>(work: (cluster: Cluster) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

interface LinkState {
  readonly kafka: Kafka
  readonly patience: number
  readonly stop: AbortController
  cluster: Promise<Cluster> | undefined
}

/** One set of connections for everything that is asked now and then. */
export function createClusterLink(kafka: Kafka, patience: number): ClusterLink {
  const state: LinkState = { kafka, patience, stop: new AbortController(), cluster: undefined }
  return {
    use: (work) => persist(state, work),
    async close() {
      state.stop.abort()
      const cluster = await state.cluster?.catch(() => undefined)
      state.cluster = undefined
      if (cluster) await within(2_000, cluster.disconnect())
    },
  }
}

async function persist<Result>(state: LinkState, work: (cluster: Cluster) => Promise<Result>): Promise<Result> {
  const { signal } = state.stop
  const until = Date.now() + state.patience
  for (let attempt = 0; ; attempt += 1) {
    const link = connect(state)
    try {
      return await work(await link)
    } catch (cause) {
      discard(state, link)
      if (signal.aborted || isFinal(cause) || Date.now() >= until) throw unavailable(cause)
      await pause(backOff(attempt, 1_000), signal)
    }
  }
}

function connect(state: LinkState): Promise<Cluster> {
  state.cluster ??= (async () => {
    const cluster = openCluster(state.kafka)
    await cluster.connect()
    return cluster
  })()
  return state.cluster
}

/** Others may have replaced it already. */
function discard(state: LinkState, link: Promise<Cluster>): void {
  if (state.cluster === link) state.cluster = undefined
  void link.then((cluster) => within(2_000, cluster.disconnect())).catch(() => undefined)
}

/** What callers are told when Kafka does not answer. */
export function unavailable(cause: unknown): FlightlineError {
  return new FlightlineError('FL_LOG_UNAVAILABLE', { problem: nameFailure(cause) }, { cause })
}
