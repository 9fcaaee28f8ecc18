import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { errorAnswer } from './answer-schemas.ts'
import { describeDesk } from './desk-document.ts'
import { guideText } from './docs-text.ts'

type Transform = NonNullable<FastifyDynamicSwaggerOptions['transform']>

/** API documentation: the page at `/docs`, the document at `/openapi.json`. */
export async function registerDocs(app: FastifyInstance, columns: string): Promise<void> {
  const desk = await describeDesk()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Flightline', version: '0.1.0', description: `${guideText}\n\n${columns}` },
      components: desk.components,
    },
    transform: documentAnswers,
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject
      const { openapiObject } = document
      return { ...openapiObject, paths: { ...openapiObject.paths, ...desk.paths } }
    },
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, transformStaticCSP: () => pagePolicy })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

// The library's own policy turns every address into https, which leaves the page empty where there is no TLS.
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Adds the answers of a route's `config` to its documentation, and to every route the shape of errors. */
const documentAnswers: Transform = (input) => {
  const { schema, route } = input
  if (!schema || schema.hide) return jsonSchemaTransform(input)
  const response = { ...route.config?.answers, default: errorAnswer }
  return jsonSchemaTransform({ ...input, schema: { ...schema, response } })
}
