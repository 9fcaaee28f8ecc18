import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { toPublicHistoryEntry } from '../../src/shared/api/public-change.ts'
import { publicJson } from '../../src/shared/api/public-json.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import { parseDepartureId } from '../../src/shared/domain/departure-id.ts'
import { statuses } from '../../src/shared/domain/status.ts'
import { formatPosition, parsePosition } from '../../src/shared/events/position.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { selectFlights } from './flight-query.ts'
import type { HttpParts } from './parts.ts'

const querySchema = z.object({
  date: z.iso.date().optional(),
  origin: z.string().trim().toUpperCase().length(3).optional(),
  destination: z.string().trim().toUpperCase().length(3).optional(),
  q: z.string().trim().max(60).optional(),
  status: z.enum(statuses).optional(),
  limit: z.coerce.number().int().min(1).max(2000).default(200),
  cursor: z.string().max(100).optional(),
})

const idParams = z.object({ id: z.string().max(60) })

/** Departures as everybody may see them: from memory, with ETags, so that asking often costs little. */
export function registerFlights(app: FastifyInstance, parts: HttpParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const tags = ['flights']
  routes.get(
    '/api/flights',
    { schema: { tags, summary: 'Latest state of departures', querystring: querySchema } },
    async (request, reply) => {
      const { flights, cursor } = await selectFlights(parts, request.query)
      return sendJson(request, reply, listBody(flights, cursor))
    },
  )
  routes.get(
    '/api/flights/:id',
    { schema: { tags, summary: 'One departure', params: idParams } },
    async (request, reply) => sendJson(request, reply, publicJson(await findDeparture(parts, request.params.id))),
  )
  routes.get(
    '/api/flights/:id/history',
    { schema: { tags, summary: 'Published changes of one departure, oldest first', params: idParams } },
    async (request, reply) => {
      const { id } = await findDeparture(parts, request.params.id)
      const changes = await parts.stores.history.list(id)
      return sendJson(request, reply, JSON.stringify(changes.map(toPublicHistoryEntry)))
    },
  )
  registerUpdates(app, parts)
  routes.get('/api/places', { schema: { tags, summary: 'Airports by code' } }, async (request, reply) =>
    sendJson(request, reply, JSON.stringify(parts.places)),
  )
}

function registerUpdates(app: FastifyInstance, parts: HttpParts): void {
  const querystring = z.object({ since: z.string().max(2000).optional() })
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/api/check_updates',
      { schema: { tags: ['flights'], summary: 'What changed since a cursor, for pollers', querystring } },
      async (request, reply) => {
        parts.lookNow()
        const { since } = request.query
        const position = since === undefined ? undefined : parsePosition(since)
        const changed = position && parts.board.changedSince(position)
        const flights = changed ?? [...parts.board.all().values()]
        return sendJson(request, reply, listBody(flights, formatPosition(parts.board.position())))
      },
    )
}

/**
 * A departure by its id, from the board or, for older days, from the store.
 * @throws FlightlineError `FL_DEPARTURE_ID`, `FL_DEPARTURE_UNKNOWN`
 */
export async function findDeparture(parts: Pick<HttpParts, 'board' | 'stores'>, id: string): Promise<Departure> {
  parseDepartureId(id)
  const departure = parts.board.get(id) ?? (await parts.stores.departures.get(id))
  if (!departure) throw new FlightlineError('FL_DEPARTURE_UNKNOWN', { id })
  return departure
}

function listBody(flights: readonly Departure[], cursor: string | undefined): string {
  const tail = cursor === undefined ? '' : `,"cursor":${JSON.stringify(cursor)}`
  return `{"flights":[${flights.map(publicJson).join(',')}]${tail}}`
}

function sendJson(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  const etag = `"${createHash('sha1').update(body).digest('base64url')}"`
  void reply.header('etag', etag).header('cache-control', 'no-cache')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(body)
}
