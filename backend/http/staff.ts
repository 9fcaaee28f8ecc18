import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type AccountView, listAccounts, putAccount } from '../../src/shared/desk/accounts.ts'
import { roles } from '../../src/shared/domain/role.ts'
import { formatInstant } from '../../src/shared/events/instant-schema.ts'
import type { HttpParts } from './parts.ts'
import { requireActor } from './session.ts'

const params = z.object({
  name: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9._-]{1,64}$/),
})

const body = z.object({
  role: z.enum(roles),
  stations: z
    .array(z.string().regex(/^([A-Z]{3}|\*)$/))
    .min(1)
    .max(200),
  password: z.string().max(200).optional(),
  disabled: z.boolean().optional(),
})

const accountAnswer = z.strictObject({
  name: z.string(),
  role: z.enum(roles),
  stations: z.array(z.string()).readonly(),
  disabled: z.boolean(),
  createdAt: z.iso.datetime(),
})

/** Documents `GET /api/staff`. */
export const staffAnswer = z.strictObject({ accounts: z.array(accountAnswer) })

/** Accounts of staff, for administrators. */
export function registerStaff(app: FastifyInstance, parts: HttpParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const tags = ['staff']
  routes.get(
    '/api/staff',
    { schema: { tags, summary: 'Accounts (admin)' }, config: { answers: { 200: staffAnswer } } },
    async (request, reply) => {
      const accounts = await listAccounts(parts, await requireActor(parts, request, 'manageStaff'))
      return reply.header('cache-control', 'no-store').send({ accounts: accounts.map(toWire) })
    },
  )
  routes.put(
    '/api/staff/:name',
    {
      schema: { tags, summary: 'Make or change an account (admin)', params, body },
      config: { answers: { 200: accountAnswer } },
    },
    async (request, reply) => {
      const actor = await requireActor(parts, request, 'manageStaff')
      const account = await putAccount(parts, actor, { name: request.params.name, ...request.body })
      return reply.header('cache-control', 'no-store').send(toWire(account))
    },
  )
}

function toWire(account: AccountView): z.output<typeof accountAnswer> {
  return { ...account, createdAt: formatInstant(account.createdAt) }
}
