import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { z } from 'zod'
import { confirmSubscription, endSubscription, requestSubscription } from '../../src/shared/desk/subscriptions.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { findDeparture } from './find-departure.ts'
import type { HttpParts } from './parts.ts'

const requestSchema = z.object({
  flightId: z.string(),
  email: z.email().max(254).optional(),
  phone: z.string().max(30).optional(),
  push: z.unknown().optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}(-[A-Za-z]{2,4})?$/)
    .default('en'),
})

const tokenSchema = z.object({ token: z.string().min(16).max(200) })
const endedAnswer = z.strictObject({ status: z.enum(['confirmed', 'ended']), flightId: z.string() })
const tags = ['notifications']

// One address gets at most this many confirmation mails per hour, whoever asks: nobody is flooded through us.
const MAILS_PER_HOUR = 3

/** Following a departure by e-mail: request, confirm, end. A GET never changes anything: mail scanners follow links. */
export async function registerNotifications(app: FastifyInstance, parts: HttpParts): Promise<void> {
  registerRequest(app, parts)
  app.withTypeProvider<ZodTypeProvider>().post(
    '/api/notifications/confirm',
    {
      schema: { tags, summary: 'Confirm by the token of the mail', body: tokenSchema },
      config: { answers: { 200: endedAnswer } },
    },
    async (request) => {
      const { departureId } = await confirmSubscription(parts, request.body.token)
      return { status: 'confirmed', flightId: departureId }
    },
  )
  await app.register((scope, _options, done) => {
    registerUnsubscribe(scope, parts)
    done()
  })
}

function registerRequest(app: FastifyInstance, parts: HttpParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const perAddress = new RateLimiterMemory({ points: MAILS_PER_HOUR, duration: 3600 })
  routes.post(
    '/api/notifications',
    {
      schema: {
        tags,
        summary: 'Be told of changes; nothing is sent before the address is confirmed',
        body: requestSchema,
      },
      config: {
        rateLimit: { max: 60, timeWindow: '10 minutes' },
        answers: { 202: z.strictObject({ status: z.literal('confirmation-sent') }) },
      },
    },
    async (request, reply) => {
      await follow(parts, perAddress, request.body)
      return reply.code(202).send({ status: 'confirmation-sent' })
    },
  )
}

/** The token may stand in the query: one-click unsubscribing (RFC 8058) posts a fixed form to the header's address. */
function registerUnsubscribe(scope: FastifyInstance, parts: HttpParts): void {
  const forms = ['application/x-www-form-urlencoded', 'multipart/form-data']
  scope.addContentTypeParser(forms, { parseAs: 'string', bodyLimit: 4096 }, (_request, _body, done) => done(null))
  scope.withTypeProvider<ZodTypeProvider>().post(
    '/api/notifications/unsubscribe',
    {
      schema: { tags, summary: 'End by the token of any mail', querystring: tokenSchema },
      config: { answers: { 200: endedAnswer } },
    },
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
  if (!body.email) throw withoutEmail(body)
  if (!(await isWithin(perAddress, parts.sealer.blindIndex(body.email)))) return
  const pending = await requestSubscription(parts, { departure, email: body.email, language: body.language })
  void parts.sendConfirmation(pending).catch((error: unknown) => {
    parts.logger.error({ subscriptionId: pending.subscription.id, err: error }, 'confirmation was not sent')
  })
}

function withoutEmail({ phone, push }: z.output<typeof requestSchema>): FlightlineError {
  if (phone === undefined && push === undefined)
    return new FlightlineError('FL_BAD_REQUEST', { problems: ['email: missing'] })
  return new FlightlineError('FL_CHANNEL_UNAVAILABLE', { channel: phone === undefined ? 'push' : 'SMS' })
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
