import type { ProcessFigures } from '../../src/node/metrics/merge-metrics.ts'
import type { SystemPart, SystemSnapshot } from '../../src/shared/api/system-schemas.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { PartHealth } from '../part.ts'
import { type HealthParts, readHealth } from './read-health.ts'
import { toSystemProcess } from './system-figures.ts'

/** What reading the system needs. */
export interface SystemParts extends HealthParts {
  readonly version: string
  /** Of all processes of this backend. */
  figures(): Promise<readonly ProcessFigures[]>
  readonly clock: Pick<Clock, 'wall'>
  readonly logger: Pick<Log, 'warn'>
}

// Milliseconds. Every look asks store, log and all processes; all operators together ask for no more than one a second.
const KEPT_FOR = 1_000

/** Reads how the backend is doing, for all who look at the same time once. */
export function createSystemReader(parts: SystemParts): () => Promise<SystemSnapshot> {
  let kept: { readonly at: number; readonly snapshot: Promise<SystemSnapshot> } | undefined
  return () => {
    const at = parts.clock.wall()
    if (!kept || Math.abs(at - kept.at) >= KEPT_FOR) kept = { at, snapshot: readSystem(parts, at) }
    return kept.snapshot
  }
}

async function readSystem(parts: SystemParts, at: number): Promise<SystemSnapshot> {
  const [health, processes] = await Promise.all([readHealth(parts), readProcesses(parts)])
  return {
    ...{ at, version: parts.version, status: health.status },
    parts: Object.entries(health.parts).map(([name, part]) => toPart(name, part)),
    processes,
  }
}

/** That the figures cannot be had is told by the parts, whose health is what is wanted then. */
async function readProcesses({ figures, logger }: SystemParts): Promise<SystemSnapshot['processes']> {
  try {
    return (await figures()).map(toSystemProcess)
  } catch (err) {
    logger.warn({ err }, 'the figures of the processes could not be read')
    return []
  }
}

function toPart(name: string, health: PartHealth): SystemPart {
  const { status, lag, age } = health
  const problem = problemOf(health)
  return {
    ...{ name, status },
    ...(problem !== undefined && { problem }),
    ...(typeof lag === 'number' && { lag }),
    ...(typeof age === 'number' && { age }),
  }
}

/** Parts with several lanes name those that fail; why they do is in the log. */
function problemOf({ problem, failing }: PartHealth): string | undefined {
  if (typeof problem === 'string') return problem
  return typeof failing === 'string' ? `failing: ${failing}` : undefined
}
