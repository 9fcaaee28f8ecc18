import { HEALTH_WITHIN } from '../../src/shared/api/backend-messages.ts'
import { isFlightlineError } from '../../src/shared/lib/errors.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'
import type { Part, PartHealth } from '../part.ts'

/** What reading the health needs. */
export interface HealthParts {
  /** The parts whose health is shown. */
  readonly monitored: readonly Part[]
  readonly timer: Timer
}

/** The health of the whole, and of each part by its name. */
export interface Health {
  readonly status: PartHealth['status']
  readonly parts: Readonly<Record<string, PartHealth>>
}

/** The worst of the parts is the whole's: `degraded` still serves, `down` does not. */
export async function readHealth(parts: HealthParts): Promise<Health> {
  const entries = await Promise.all(
    parts.monitored.map(async (part): Promise<[string, PartHealth]> => [part.name, await ask(parts, part)]),
  )
  const states = entries.map(([, health]) => health.status)
  const status = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok'
  return { status, parts: Object.fromEntries(entries) }
}

/** A part that hangs is as down as one that says so. */
async function ask({ timer }: HealthParts, part: Part): Promise<PartHealth> {
  const { promise, resolve } = Promise.withResolvers<PartHealth>()
  const cancel = timer.after(HEALTH_WITHIN, () => resolve({ status: 'down', problem: 'no answer' }))
  try {
    return await Promise.race([part.health(), promise])
  } catch (error) {
    return { status: 'down', problem: isFlightlineError(error) ? error.code : 'FL_INTERNAL' }
  } finally {
    cancel()
  }
}
