import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { TokenMaker } from '../../shared/ports/secrets.ts'

/** Tokens and ids from the system's generator. */
export const tokenMaker: TokenMaker = {
  token: () => randomBytes(32).toString('base64url'),
  hash: (token) => createHash('sha256').update(token).digest('hex'),
  id: () => randomUUID(),
}
