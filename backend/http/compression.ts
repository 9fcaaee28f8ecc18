import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'

// Below this a smaller answer still fills one packet.
const THRESHOLD = 2_048

/**
 * Compresses what is large enough to gain by it: a poller's first answer is the whole board, 630 kB of much alike JSON.
 * Brotli's own default is for files that are compressed once; level 4 costs about what gzip does and is smaller.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: true,
    threshold: THRESHOLD,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
}
