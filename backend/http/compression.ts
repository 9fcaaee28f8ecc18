import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

/** The best first. */
export const encodings = ['br', 'gzip'] as const

/** Below so many bytes a smaller answer still fills one packet. */
export const THRESHOLD = 2_048

/** Brotli's own default is for files that are compressed once; this costs about what gzip does and is smaller. */
export const BROTLI_QUALITY = 4

/**
 * Compresses what is large enough to gain by it: a poller's first answer is the whole board, 630 kB of much alike JSON.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: true,
    threshold: THRESHOLD,
    encodings: [...encodings],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  })
}
