import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A JSON text and the tag that names just this content. */
export interface Tagged {
  readonly body: string
  readonly etag: string
}

/** A strong tag: the same for the same bytes, and for no others. */
export function tag(body: string): Tagged {
  return { body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` }
}

/** Sends a JSON text with its ETag, or 304 to who has it already. */
export function sendJson(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  return sendTagged(request, reply, tag(body))
}

/** The same with a tag that is known. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, { body, etag }: Tagged): FastifyReply {
  void reply.headers(validators(etag))
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(body)
}

/** May be kept, but is asked about before each use. */
export function validators(etag: string): { readonly etag: string; readonly 'cache-control': string } {
  return { etag, 'cache-control': 'no-cache' }
}

/** Whether the asker has it. Compared weakly: a proxy that compresses marks the tag with `W/`. */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
