import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { z } from 'zod'
import { confirmSubscription, endSubscription, requestSubscription } from '../../src/shared/desk/subscriptions.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { findDeparture } from './flights.ts'
import type { HttpParts } from './parts.ts'

const requestSchema = z.object({
  flightId: z.string().max(60),
  email: z.email().max(254).optional(),
  phone: z.string().max(30).optional(),
  push: z.unknown().optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Za-z]{2,4})?$/)
    .default('en'),
})

const tokenSchema = z.object({ token: z.string().min(16).max(200) })

// One address gets at most this many confirmation mails per hour, whoever asks: nobody is flooded through us.
const MAILS_PER_HOUR = 3

/** Following a departure by e-mail: request, confirm, end. A GET never changes anything: mail scanners follow links. */
export function registerNotifications(app: FastifyInstance, parts: HttpParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const tags = ['notifications']
  const perAddress = new RateLimiterMemory({ points: MAILS_PER_HOUR, duration: 3600 })
  routes.post(
    '/api/notifications',
    {
      schema: {
        tags,
        summary: 'Be told of changes; nothing is sent before the address is confirmed',
        body: requestSchema,
      },
      config: { rateLimit: { max: 60, timeWindow: '10 minutes' } },
    },
    async (request, reply) => {
      await follow(parts, perAddress, request.body)
      return reply.code(202).send({ status: 'confirmation-sent' })
    },
  )
  routes.post(
    '/api/notifications/confirm',
    { schema: { tags, summary: 'Confirm by the token of the mail', body: tokenSchema } },
    async (request) => {
      const { departureId } = await confirmSubscription(parts, request.body.token)
      return { status: 'confirmed', flightId: departureId }
    },
  )
  // The token may stand in the query: one-click unsubscribing (RFC 8058) posts a fixed form to the address of the header.
  routes.post(
    '/api/notifications/unsubscribe',
    { schema: { tags, summary: 'End by the token of any mail', querystring: tokenSchema } },
    async (request) => {
      const { departureId } = await endSubscription(parts, request.query.token)
      return { status: 'ended', flightId: departureId }
    },
  )
}

/** Answers the same whether the address is new, known or flooded, so that nobody learns who follows what. */
async function follow(
  parts: HttpParts,
  perAddress: RateLimiterMemory,
  body: z.output<typeof requestSchema>,
): Promise<void> {
  const departure = await findDeparture(parts, body.flightId)
  if (!body.email) throw new FlightlineError('FL_CHANNEL_UNAVAILABLE', { channel: body.phone ? 'SMS' : 'push' })
  if (!(await isWithin(perAddress, parts.sealer.blindIndex(body.email)))) return
  const pending = await requestSubscription(parts, { departure, email: body.email, language: body.language })
  void parts.sendConfirmation(pending).catch((error: unknown) => {
    parts.logger.error({ subscriptionId: pending.subscription.id, err: error }, 'confirmation was not sent')
  })
}

async function isWithin(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  // The limiter rejects with its own result object when the points are used up, and with an Error only when it broke.
  return limiter.consume(key).then(
    () => true,
    (refusal: unknown) => {
      if (refusal instanceof Error) throw refusal
      return false
    },
  )
}
