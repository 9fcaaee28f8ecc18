import { z } from 'zod'
import type { Clock } from '../ports/clock.ts'
import type { SettingStore } from '../ports/system-stores.ts'

const SETTING = 'clock'

/** Which operational moment belongs to which wall moment, and how fast it goes on from there. */
const mappingSchema = z.object({ wallAt: z.number(), operationalAt: z.number(), rate: z.number() })

type Mapping = z.output<typeof mappingSchema>

const identity: Mapping = { wallAt: 0, operationalAt: 0, rate: 1 }

// Far less than anybody can see on a screen, and more than rounding.
const TOLERANCE = 500

/**
 * Writes down the time that the station lives in, so that processes that do not replay the day themselves live in it,
 * too. Writes only when it would be read differently from what stands there.
 */
export async function publishClock(settings: SettingStore, clock: Clock): Promise<void> {
  const wallAt = clock.wall()
  const operationalAt = clock.operational()
  const stored = await readMapping(settings)
  const isSame = stored.rate === clock.rate && Math.abs(operationalOf(stored, wallAt) - operationalAt) < TOLERANCE
  if (!isSame) await settings.set(SETTING, JSON.stringify({ wallAt, operationalAt, rate: clock.rate }))
}

/** The clock of a process that lives in the time that another one published. */
export interface StationClock extends Clock {
  /** Looks what is published now; until the first look it is the machine's time. */
  follow(settings: SettingStore): Promise<void>
}

/** Makes one on the clock of the machine. */
export function createStationClock(machine: Clock): StationClock {
  let mapping = identity
  return {
    wall: machine.wall,
    operational: () => (mapping === identity ? machine.operational() : operationalOf(mapping, machine.wall())),
    get rate() {
      return mapping === identity ? machine.rate : mapping.rate
    },
    async follow(settings) {
      mapping = await readMapping(settings)
    },
  }
}

function operationalOf({ wallAt, operationalAt, rate }: Mapping, wall: number): number {
  return operationalAt + Math.round((wall - wallAt) * rate)
}

/** Nothing there, or nothing that can be read, means that nobody replays a day. */
async function readMapping(settings: SettingStore): Promise<Mapping> {
  const text = await settings.get(SETTING)
  return mappingSchema.safeParse(parseJson(text ?? 'null')).data ?? identity
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
