import { z } from 'zod'
import type { PendingSubscription } from '../../../src/shared/desk/subscriptions.ts'
import { isDepartureId } from '../../../src/shared/domain/departure-id.ts'
import type { Subscription } from '../../../src/shared/domain/passenger.ts'

const subscriptionSchema = z.object({
  id: z.string(),
  departureId: z.string().refine(isDepartureId),
  channel: z.literal('email'),
  address: z.string(),
  recipient: z.string(),
  language: z.string(),
  confirmHash: z.string(),
  unsubscribeHash: z.string(),
  createdAt: z.number(),
  confirmedAt: z.number().exactOptional(),
  endedAt: z.number().exactOptional(),
  demo: z.boolean(),
}) satisfies z.ZodType<Subscription>

/** What the first process is asked to mail. */
export const pendingSchema = z.object({
  subscription: subscriptionSchema,
  confirmToken: z.string(),
}) satisfies z.ZodType<PendingSubscription>

/** The health of one part. */
export const partHealthSchema = z
  .object({ status: z.enum(['ok', 'degraded', 'down']) })
  .catchall(z.union([z.string(), z.number(), z.boolean(), z.undefined()]))

/** The health of several parts, by name. */
export const healthsSchema = z.record(z.string(), partHealthSchema)
