import { z } from 'zod'

/** What the bundled backend tells the desktop that started it. */
export const backendReportSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    /** Where passengers find it. */
    url: z.string(),
    /** Where this machine finds it. */
    localUrl: z.string(),
    departures: z.number().int(),
  }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
])

/** What the bundled backend tells the desktop. */
export type BackendReport = z.output<typeof backendReportSchema>

/** What the desktop asks of it: to finish what is under way and end. */
export const backendOrderSchema = z.object({ type: z.literal('stop') })

/**
 * Within so many milliseconds `GET /health` answers, whatever else does not: a part that hangs is told as down. Whoever
 * takes a backend that says nothing for a hung one waits longer, or an outage of its servers ends it, which it cannot
 * recover from before they are back.
 */
export const HEALTH_WITHIN = 2_500
