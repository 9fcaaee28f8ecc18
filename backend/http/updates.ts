import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { audienceSchema } from '../../src/shared/api/schemas.ts'
import { sendBroadcast } from '../../src/shared/desk/broadcasts.ts'
import type { Audience } from '../../src/shared/domain/audience.ts'
import { MAX_BROADCAST_LENGTH } from '../../src/shared/domain/broadcast.ts'
import { channels } from '../../src/shared/domain/delivery.ts'
import { isDepartureId } from '../../src/shared/domain/departure-id.ts'
import { severities } from '../../src/shared/domain/notice.ts'
import { formatInstant } from '../../src/shared/events/instant-schema.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { broadcastTemplates, isBroadcastTemplate } from './broadcast-templates.ts'
import type { HttpParts } from './parts.ts'
import { sendJson } from './send-json.ts'
import { requireActor } from './session.ts'

const sendSchema = z.object({
  flightId: z.string().optional(),
  filter: z
    .unknown()
    .optional()
    .describe('origin, destination, carrier, date (without it: flights around now), status, delayedAtLeast (minutes)'),
  text: z.string().trim().min(1).max(MAX_BROADCAST_LENGTH).optional(),
  template: z
    .string()
    .max(40)
    .optional()
    .describe(`One of: ${Object.keys(broadcastTemplates).join(', ')}`),
  channels: z.array(z.enum(channels)).min(1).default(['email']),
  severity: z.enum(severities).default('warning'),
  validMinutes: z.number().int().min(5).max(1440).default(240),
  commandId: z.uuid().optional().describe('Makes a repetition harmless'),
})

/** Documents `GET /update`. */
export const noticesAnswer = z.strictObject({
  notices: z.array(
    z.strictObject({
      id: z.string(),
      flightIds: z.array(z.string()).readonly(),
      kind: z.string(),
      text: z.string().optional(),
      severity: z.enum(severities).optional(),
      at: z.iso.datetime(),
    }),
  ),
})

/** `/update`: the latest notices for everybody; a signed-in supervisor sends one. */
export function registerUpdates(app: FastifyInstance, parts: HttpParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const tags = ['notices']
  routes.get(
    '/update',
    { schema: { tags, summary: 'Latest notices' }, config: { answers: { 200: noticesAnswer } } },
    async (request, reply) => sendJson(request, reply, JSON.stringify({ notices: await latest(parts) })),
  )
  routes.post(
    '/update',
    {
      schema: { tags, summary: 'Send a notice to passengers (supervisor)', body: sendSchema },
      config: { answers: { 202: z.strictObject({ broadcastId: z.string() }) } },
    },
    async (request, reply) => {
      const actor = await requireActor(parts, request, 'broadcast')
      const { body } = request
      const { id } = await sendBroadcast(parts, actor, {
        commandId: body.commandId ?? parts.tokens.id(),
        audience: readAudience(body),
        text: readText(body),
        severity: body.severity,
        channels: body.channels,
        validMinutes: body.validMinutes,
      })
      return reply.code(202).send({ broadcastId: id })
    },
  )
}

async function latest({ stores, clock }: HttpParts) {
  const [broadcasts, notices] = await Promise.all([stores.broadcasts.valid(clock.wall()), stores.notices.latest(50)])
  const sent = broadcasts.map(({ id, departureIds, text, severity, createdAt }) => ({
    ...{ id, flightIds: departureIds, kind: 'broadcast' as const, text, severity, at: createdAt },
  }))
  const decided = notices
    .filter((notice) => notice.kind !== 'broadcast')
    .map(({ id, departureId, kind, createdAt }) => ({ id, flightIds: [departureId], kind, at: createdAt }))
  return [...sent, ...decided]
    .sort((left, right) => right.at - left.at)
    .map((notice) => ({ ...notice, at: formatInstant(notice.at) }))
}

function readAudience({ flightId, filter }: z.output<typeof sendSchema>): Audience {
  if ((flightId === undefined) === (filter === undefined)) throw bad('give either flightId or filter')
  if (flightId !== undefined) {
    const id = flightId.slice(0, 60)
    if (!isDepartureId(flightId)) throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id })
    return { flightIds: [flightId] }
  }
  const audience = audienceSchema.safeParse({ filter })
  if (!audience.success) throw bad('filter: not as documented')
  return audience.data
}

function readText({ text, template }: z.output<typeof sendSchema>): string {
  if ((text === undefined) === (template === undefined)) throw bad('give either text or template')
  if (text !== undefined) return text
  if (template === undefined || !isBroadcastTemplate(template)) throw bad('template: not one of the list')
  return broadcastTemplates[template]
}

function bad(problem: string): FlightlineError {
  return new FlightlineError('FL_BAD_REQUEST', { problems: [problem] })
}
