import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { listAccounts, putAccount } from '../../src/shared/desk/accounts.ts'
import { roles } from '../../src/shared/domain/role.ts'
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

/** Accounts of staff, for administrators. */
export function registerStaff(app: FastifyInstance, parts: HttpParts): void {
  const routes = app.withTypeProvider<ZodTypeProvider>()
  const tags = ['staff']
  routes.get('/api/staff', { schema: { tags, summary: 'Accounts (admin)' } }, async (request, reply) => {
    const accounts = await listAccounts(parts, await requireActor(parts, request, 'manageStaff'))
    return reply.header('cache-control', 'no-store').send({ accounts })
  })
  routes.put(
    '/api/staff/:name',
    { schema: { tags, summary: 'Make or change an account (admin)', params, body } },
    async (request, reply) => {
      const actor = await requireActor(parts, request, 'manageStaff')
      const account = await putAccount(parts, actor, { name: request.params.name, ...request.body })
      return reply.header('cache-control', 'no-store').send(account)
    },
  )
}
