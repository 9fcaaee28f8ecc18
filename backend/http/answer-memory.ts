import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Board } from '../../src/shared/desk/board.ts'
import type { Instant } from '../../src/shared/domain/instant.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import { BROTLI_QUALITY, encodings, THRESHOLD } from './compression.ts'
import { isKnown, sendTagged, type Tagged, tag, validators } from './send-json.ts'

/**
 * Answers about the board that many ask for alike, kept as they were given. A repetition costs no route, no selection
 * and no serialisation; it is for pollers, thousands of which ask the same once a second.
 */
export interface AnswerMemory {
  /** Moves with every change of the board; to be read before an answer is made from it. */
  version(): number
  /** Gives an answer by the way of the routes, and keeps it for whoever asks in the same words. */
  send(request: FastifyRequest, reply: FastifyReply, answer: BoardAnswer): FastifyReply
  /** @returns whether it answers this request, now or when it has compressed */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  close(): void
}

/** A JSON text about the board as it was at a version. */
export interface BoardAnswer {
  readonly version: number
  readonly body: string
}

type Encoding = (typeof encodings)[number] | undefined

interface Kept extends Pick<Tagged, 'etag'> {
  readonly headers: OutgoingHttpHeaders
  readonly bytes: Buffer
  readonly compressed: Map<Encoding, Promise<Buffer>>
  readonly madeAt: Instant
}

// Within a second everybody may be told the same, as long as nothing was changed: departures that only pass out of view
// change nothing, and the sources are asked once a second through an answer that is made anew.
const FRESH = 1_000

// All of them together; past it they are forgotten, and made again by whoever asks next.
const MOST_BYTES = 32 * 1024 * 1024

// What an answer takes besides its text: headers, and what holds them together.
const ENTRY_BYTES = 1_024

const compressors = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: promisify(gzip),
}

/** What it is made from. */
export interface MemoryParts {
  readonly board: Pick<Board, 'subscribe'>
  readonly clock: Pick<Clock, 'wall'>
}

/** Keeps answers for as long as the board stays as it is. */
export function createAnswerMemory({ board, clock }: MemoryParts): AnswerMemory {
  const answers = new Map<string, Kept>()
  let [version, held] = [0, 0]
  const forget = () => {
    answers.clear()
    held = 0
  }
  const move = () => {
    version += 1
    forget()
  }
  const keep = (url: string, answer: Kept) => {
    const known = answers.get(url)
    held += sizeOf(url, answer) - (known ? sizeOf(url, known) : 0)
    answers.set(url, answer)
    if (held > MOST_BYTES) forget()
  }
  const unsubscribe = board.subscribe({ changed: move, entered: move, reset: move })
  return {
    version: () => version,
    send(request, reply, answer) {
      const tagged = tag(answer.body)
      const made = { headers: headersOf(reply, tagged), bytes: Buffer.from(answer.body), compressed: new Map() }
      // The board may have moved on while the answer was being made.
      if (answer.version === version) keep(request.raw.url ?? '', { etag: tagged.etag, ...made, madeAt: clock.wall() })
      return sendTagged(request, reply, tagged)
    },
    answer(request, response) {
      const kept = request.method === 'GET' ? answers.get(request.url ?? '') : undefined
      // A clock that was set back makes nothing fresh.
      if (!kept || Math.abs(clock.wall() - kept.madeAt) >= FRESH) return false
      answerWith(kept, request, response)
      return true
    },
    close: unsubscribe,
  }
}

/** Whoever asks chooses the words, which may be longer than the answer. Compressed it is taken again at most. */
function sizeOf(url: string, { bytes }: Kept): number {
  return ENTRY_BYTES + 2 * url.length + 2 * bytes.length
}

/** What every answer has; a count of requests belongs to one asker. */
function headersOf(reply: FastifyReply, { etag }: Tagged): OutgoingHttpHeaders {
  const all = Object.entries(reply.getHeaders()).filter(
    ([name]) => !/^(x-ratelimit-.*|retry-after|content-(length|encoding|type)|date)$/.test(name),
  )
  return { ...Object.fromEntries(all), ...validators(etag), vary: 'accept-encoding' }
}

function answerWith(kept: Kept, { headers }: IncomingMessage, response: ServerResponse): void {
  if (isKnown(headers['if-none-match'], kept.etag)) {
    response.writeHead(304, kept.headers).end()
    return
  }
  const encoding = kept.bytes.length < THRESHOLD ? undefined : pickEncoding(headers['accept-encoding'])
  if (encoding === undefined) send(response, kept, { encoding, bytes: kept.bytes })
  else {
    compress(kept, encoding).then(
      (bytes) => send(response, kept, { encoding, bytes }),
      () => send(response, kept, { encoding: undefined, bytes: kept.bytes }),
    )
  }
}

function send(
  response: ServerResponse,
  { headers }: Kept,
  { encoding, bytes }: { readonly encoding: Encoding; readonly bytes: Buffer },
): void {
  const own: OutgoingHttpHeaders = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length }
  response.writeHead(200, { ...headers, ...own, ...(encoding && { 'content-encoding': encoding }) }).end(bytes)
}

function compress({ compressed, bytes }: Kept, encoding: NonNullable<Encoding>): Promise<Buffer> {
  const known = compressed.get(encoding)
  if (known !== undefined) return known
  const compressing = compressors[encoding](bytes)
  compressed.set(encoding, compressing)
  return compressing
}

/** Chosen by the library that chooses for the routes. */
function pickEncoding(header: string | string[] | undefined): Encoding {
  return negotiate(String(header ?? ''), [...encodings]) ?? undefined
}
