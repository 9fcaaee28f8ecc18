import { z } from 'zod'
import type { SettingStore } from '../../../src/shared/ports/system-stores.ts'

const SETTING = 'replay'

const daySchema = z.object({
  date: z.string(),
  /** Up to here nobody is told: it lay before the start. */
  historicalUntil: z.number(),
  /** Everything up to here is in the store. */
  playedUntil: z.number(),
  /** Another file was laid over this date before; what it left under the same ids is cleared away. */
  replaces: z.literal(true).optional(),
  /** Nothing is left to tell. */
  done: z.literal(true).optional(),
})

const progressSchema = z.object({
  fingerprint: z.string(),
  start: z.string(),
  speed: z.union([z.number(), z.literal('max')]),
  anchor: z.object({ wallAt: z.number(), operationalAt: z.number(), rate: z.number() }),
  days: z.array(daySchema),
})

/** A date over which the day was laid, and how far it was played. */
export type DayProgress = z.infer<typeof daySchema>

/** What a replay must know after a restart. */
export type Progress = z.infer<typeof progressSchema>

/** Reads the progress of an earlier process; one that cannot be read counts as none. */
export async function readProgress(settings: SettingStore): Promise<Progress | undefined> {
  const text = await settings.get(SETTING)
  if (text === undefined) return undefined
  return progressSchema.safeParse(parseJson(text)).data
}

/** Keeps the progress. Written after what it covers, so that a crash in between repeats and never skips. */
export async function writeProgress(settings: SettingStore, progress: Progress): Promise<void> {
  await settings.set(SETTING, JSON.stringify(progress))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
