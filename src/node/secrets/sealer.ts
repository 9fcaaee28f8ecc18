import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto'
import { FlightlineError } from '../../shared/lib/errors.ts'
import type { Sealer } from '../../shared/ports/secrets.ts'

const PREFIX = 'sealed:v1:'
const NONCE = 12
const TAG = 16

/** Random bytes in stock: one call of the system's generator per seal would cost more than the encryption. */
interface NonceStock {
  readonly bytes: Buffer
  used: number
}

/**
 * AES-256-GCM with a fresh nonce per seal. Nonces are random, so that processes may share the key: after 2^32 seals
 * (a hundred thousand a day for a century) a repetition has a chance of one in 2^33.
 * @param key - 32 bytes
 */
export function createSealer(key: Uint8Array): Sealer {
  const sealingKey = deriveKey(key, 'flightline address seal v1')
  const indexKey = deriveKey(key, 'flightline blind index v1')
  const nonces: NonceStock = { bytes: Buffer.alloc(NONCE * 1024), used: NONCE * 1024 }
  return {
    seal: (clear) => seal(sealingKey, takeNonce(nonces), clear),
    open: (text) => (text.startsWith(PREFIX) ? open(sealingKey, text) : assertClear(text)),
    blindIndex: (address) => createHmac('sha256', indexKey).update(address.trim().toLowerCase()).digest('base64url'),
  }
}

function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, 32))
}

function takeNonce(stock: NonceStock): Buffer {
  if (stock.used === stock.bytes.length) {
    randomFillSync(stock.bytes)
    stock.used = 0
  }
  stock.used += NONCE
  return stock.bytes.subarray(stock.used - NONCE, stock.used)
}

function seal(key: Buffer, nonce: Buffer, clear: string): string {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const encrypted = cipher.update(clear, 'utf8')
  // GCM is a stream: nothing is left for the end but the tag.
  cipher.final()
  return PREFIX + Buffer.concat([nonce, encrypted, cipher.getAuthTag()]).toString('base64url')
}

function open(key: Buffer, text: string): string {
  const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url')
  if (bytes.length < NONCE + TAG) throw new FlightlineError('FL_SEAL_BROKEN')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(-TAG))
    return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw new FlightlineError('FL_SEAL_BROKEN', {}, { cause })
  }
}

/** A seal of a later version must not be taken for an address and written to. */
function assertClear(text: string): string {
  if (text.startsWith('sealed:')) throw new FlightlineError('FL_SEAL_BROKEN')
  return text
}
