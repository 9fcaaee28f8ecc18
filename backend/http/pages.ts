import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { HttpParts } from './parts.ts'

/** Serves the built pages: the passengers' at `/`, the console at `/console/`. */
export async function registerPages(app: FastifyInstance, { settings, logger }: HttpParts): Promise<void> {
  for (const folder of [settings.pages.passenger, settings.pages.console]) {
    if (!existsSync(folder)) logger.warn({ folder }, 'this page is not built; run "npm run build"')
  }
  const common = { decorateReply: false, cacheControl: false, setHeaders }
  await app.register(fastifyStatic, { ...common, root: settings.pages.passenger, prefix: '/' })
  await app.register(fastifyStatic, { ...common, root: settings.pages.console, prefix: '/console/' })
  app.get('/console', { schema: { hide: true } }, (_request, reply) => reply.redirect('/console/', 308))
}

// File names under assets/ carry a hash of their content; everything else must be asked for again.
function setHeaders(reply: FastifyReply, path: string): void {
  const isHashed = /[\\/]assets[\\/]/.test(path)
  void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
}
