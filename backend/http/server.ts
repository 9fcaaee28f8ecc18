import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { registerDocs } from './docs.ts'
import { registerErrors } from './errors.ts'
import { registerFlights } from './flights.ts'
import { registerImports } from './imports.ts'
import { registerNotifications } from './notifications.ts'
import { registerOperations } from './operations.ts'
import { registerOriginCheck } from './origin.ts'
import { registerPages } from './pages.ts'
import type { HttpParts } from './parts.ts'
import { registerSecurity } from './security.ts'
import { registerSession } from './session.ts'
import { registerUpdates } from './updates.ts'

/** Assembles the server without listening. */
export async function createServer(parts: HttpParts, columns: string): Promise<FastifyInstance> {
  const app = fastify({
    trustProxy: parts.settings.trustProxy,
    bodyLimit: 64 * 1024,
    // Slow senders are cut off early (notifications D2 13): nobody legitimate takes ten seconds for headers.
    requestTimeout: 120_000,
    http: { headersTimeout: 10_000 },
    forceCloseConnections: true,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  registerErrors(app, parts)
  await registerSecurity(app, parts.settings)
  await app.register(cookie)
  await registerDocs(app, columns)
  registerOriginCheck(app, parts.settings.publicUrl)
  registerSession(app, parts)
  registerFlights(app, parts)
  registerNotifications(app, parts)
  registerUpdates(app, parts)
  registerImports(app, parts)
  registerOperations(app, parts)
  await registerPages(app, parts)
  return app
}
