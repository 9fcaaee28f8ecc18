import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { toPublicHistoryEntry } from '../../src/shared/api/public-change.ts'
import { publicJson } from '../../src/shared/api/public-json.ts'
import { statuses } from '../../src/shared/domain/status.ts'
import type { AnswerMemory } from './answer-memory.ts'
import { departureAnswer, historyAnswer, listAnswer, placesAnswer } from './answer-schemas.ts'
import { findDeparture } from './find-departure.ts'
import { selectFlights } from './flight-query.ts'
import { flightsBody } from './flights-body.ts'
import type { HttpParts } from './parts.ts'
import { sendJson } from './send-json.ts'

const station = z.string().trim().toUpperCase().length(3).optional().describe('IATA code of three letters')

const querySchema = z.object({
  date: z.iso.date().optional().describe('Scheduled date at the station of departure'),
  origin: station,
  destination: station,
  q: z.string().trim().max(60).optional().describe('Flight number, airport code or place; every word must be found'),
  status: z.enum(statuses).optional(),
  from: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional()
    .describe('Leaves out what was over before this moment'),
  // A whole day of a large station is one answer.
  limit: z.coerce.number().int().min(1).max(2000).default(1000),
  cursor: z.string().max(100).optional().describe('From the answer before, while it has one'),
})

const params = z.object({ id: z.string().describe('Such as B6739-2026-11-20-JFK') })
const tags = ['flights']

/** Departures as everybody may see them: from memory, with ETags, so that asking often costs little. */
export function registerFlights(app: FastifyInstance, parts: HttpParts, memory: AnswerMemory): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  routes.get(
    '/api/flights',
    {
      schema: { tags, summary: 'Latest state of departures', querystring: querySchema },
      config: { answers: { 200: listAnswer } },
    },
    async (request, reply) => {
      const version = memory.version()
      const { flights, cursor } = await selectFlights(parts, request.query)
      const body = flightsBody(flights, cursor)
      // A day may come from the store, whose changes the board does not tell.
      return request.query.date === undefined
        ? memory.send(request, reply, { version, body })
        : sendJson(request, reply, body)
    },
  )
  routes.get(
    '/api/flights/:id',
    { schema: { tags, summary: 'One departure', params }, config: { answers: { 200: departureAnswer } } },
    async (request, reply) => sendJson(request, reply, publicJson(await findDeparture(parts, request.params.id))),
  )
  registerHistory(app, parts)
  const places = JSON.stringify(parts.places)
  routes.get(
    '/api/places',
    { schema: { tags, summary: 'Airports by code' }, config: { answers: { 200: placesAnswer } } },
    async (request, reply) => sendJson(request, reply, places),
  )
}

function registerHistory(app: FastifyInstance, parts: HttpParts): void {
  const summary = 'Published changes of one departure, oldest first'
  app
    .withTypeProvider<ZodTypeProvider>()
    .get(
      '/api/flights/:id/history',
      { schema: { tags, summary, params }, config: { answers: { 200: historyAnswer } } },
      async (request, reply) => {
        const { id } = await findDeparture(parts, request.params.id)
        const changes = await parts.stores.history.list(id)
        return sendJson(request, reply, JSON.stringify(changes.map(toPublicHistoryEntry)))
      },
    )
}
