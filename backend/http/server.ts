import { createServer as createHttpServer, type IncomingMessage, type ServerOptions } from 'node:http'
import cookie from '@fastify/cookie'
import fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { DeskRouter } from '../../src/shared/desk/router.ts'
import { socketOptions } from '../push/parts.ts'
import { type AnswerMemory, createAnswerMemory } from './answer-memory.ts'
import { registerCheckUpdates } from './check-updates.ts'
import { registerCompression } from './compression.ts'
import { registerDeskApi } from './desk-api.ts'
import { registerDocs } from './docs.ts'
import { answerBrokenRequest, answerError, registerErrors } from './errors.ts'
import { registerFlights } from './flights.ts'
import { registerImports } from './imports.ts'
import { registerNotifications } from './notifications.ts'
import { registerOperations } from './operations.ts'
import { registerOriginCheck } from './origin.ts'
import { registerPages } from './pages.ts'
import type { HttpParts } from './parts.ts'
import { registerSecurity } from './security.ts'
import { registerSession } from './session.ts'
import { registerStaff } from './staff.ts'
import { registerUpdates } from './updates.ts'

/** What is served besides the parts: the desk service, and the text that documents the import's columns. */
export interface Served {
  readonly desk: DeskRouter
  readonly columns: string
}

/** Assembles the server without listening. */
export async function createServer(parts: HttpParts, served: Served): Promise<FastifyInstance> {
  const memory = createAnswerMemory(parts)
  const app = createBare(parts, memory)
  app.addHook('onClose', async () => memory.close())
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  registerErrors(app, parts)
  await registerSecurity(app, parts.settings)
  await registerCompression(app)
  await app.register(cookie)
  await registerDocs(app, served.columns)
  registerOriginCheck(app, parts.settings.publicUrl)
  app.addHook('preValidation', async ({ query }) => dropEmpty(query))
  registerSession(app, parts)
  registerStaff(app, parts)
  registerFlights(app, parts, memory)
  registerCheckUpdates(app, parts, memory)
  await registerNotifications(app, parts)
  registerUpdates(app, parts)
  await registerImports(app, parts)
  registerOperations(app, parts)
  registerDeskApi(app, parts, served.desk)
  await registerPages(app, parts)
  return app
}

function createBare(parts: HttpParts, memory: AnswerMemory): FastifyInstance {
  return fastify({
    // Before any route: thousands of pollers are answered by what one of them was told.
    serverFactory: (routes) =>
      createHttpServer(serverOptions, (request, response) => {
        if (!memory.answer(request, response)) routes(request, response)
      }),
    trustProxy: parts.settings.trustProxy ? isOwnProxy : false,
    bodyLimit: 64 * 1024,
    forceCloseConnections: 'idle',
    // What is under way is finished, and `start-http.ts` says how long that may take.
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => void answerError(parts, { error, request, reply }),
  })
}

/** How much connections may hold, in bytes, and how long they may take for what, in milliseconds. */
export const serverOptions = {
  ...socketOptions,
  requestTimeout: 120_000,
  // Slow senders are cut off within ten seconds, the interval included: nobody legitimate takes that long for headers.
  headersTimeout: 7_500,
  connectionsCheckingInterval: 2_000,
  // A poller that asks every minute keeps its connection.
  keepAliveTimeout: 72_000,
  // Programs that only offer HTTP/2 (curl, Java) send an upgrade too, and are to be answered as usual.
  shouldUpgradeCallback: (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket',
} satisfies ServerOptions

/** One proxy, ours: if all were trusted, a client could write any address into the header and escape every limit. */
function isOwnProxy(_address: string, hop: number): boolean {
  return hop === 0
}

/** `?q=&date=` is what a form sends whose fields were left empty: absent, not wrong. */
function dropEmpty(query: unknown): void {
  if (typeof query !== 'object' || query === null) return
  for (const [name, value] of Object.entries(query)) if (value === '') Reflect.deleteProperty(query, name)
}
