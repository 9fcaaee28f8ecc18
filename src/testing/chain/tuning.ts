import { z } from 'zod'

const milliseconds = z.number().int().positive()

/** What a test changes about a backend's times. */
export const tuningSchema = z.object({
  notifier: z.object({ leaseTtl: milliseconds, mergeWindow: milliseconds }).exactOptional(),
  relay: z.object({ lease: milliseconds, renewal: milliseconds }).exactOptional(),
})

/** Short enough that a backend which lives for a second or two decides, publishes and sends before it is killed. */
export const quickTuning: z.input<typeof tuningSchema> = {
  notifier: { leaseTtl: 900, mergeWindow: 1_500 },
  relay: { lease: 900, renewal: 300 },
}
