import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import type { PasswordHasher } from '../../shared/ports/secrets.ts'

/** The cost of a hash: 2^logN × 128 × r bytes of memory (32 MiB here) and about 60 ms. */
export interface HashCost {
  readonly logN: number
  readonly r: number
  readonly p: number
}

const COST: HashCost = { logN: 15, r: 8, p: 1 }
const SALT = 16
const LENGTH = 32

interface ParsedHash {
  readonly cost: HashCost
  readonly salt: Buffer
  readonly derived: Buffer
}

// Somebody who can write a hash into the store must not be able to make verifying it eat all memory.
const HIGHEST: HashCost = { logN: 18, r: 16, p: 4 }

/**
 * scrypt on the thread pool, with its parameters in the hash (`$scrypt$ln=15,r=8,p=1$salt$hash`), so that they can be
 * raised later without making old hashes useless.
 */
export function createPasswordHasher(cost: HashCost = COST): PasswordHasher {
  return {
    async hash(password) {
      const salt = randomBytes(SALT)
      const derived = await derive(password, { cost, salt })
      const parameters = `ln=${cost.logN},r=${cost.r},p=${cost.p}`
      return `$scrypt$${parameters}$${salt.toString('base64url')}$${derived.toString('base64url')}`
    },
    async verify(password, hash) {
      const known = parse(hash)
      // What is no hash takes as long as one that does not fit.
      const { derived, ...parameters } = known ?? { cost, salt: randomBytes(SALT), derived: randomBytes(LENGTH) }
      const found = await derive(password, parameters)
      return timingSafeEqual(found, derived) && known !== undefined
    },
  }
}

function parse(hash: string): ParsedHash | undefined {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{16,})\$([\w-]{43})$/.exec(hash)
  if (!match) return undefined
  const [, logN, r, p, salt = '', derived = ''] = match
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) }
  if (!isBearable(cost)) return undefined
  return { cost, salt: Buffer.from(salt, 'base64url'), derived: Buffer.from(derived, 'base64url') }
}

function isBearable({ logN, r, p }: HashCost): boolean {
  const isPositive = logN > 0 && r > 0 && p > 0
  return isPositive && logN <= HIGHEST.logN && r <= HIGHEST.r && p <= HIGHEST.p
}

function derive(password: string, { cost, salt }: Pick<ParsedHash, 'cost' | 'salt'>): Promise<Buffer> {
  const N = 2 ** cost.logN
  const options: ScryptOptions = { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r }
  // The same letters may reach us composed or decomposed, depending on the keyboard.
  const letters = password.normalize('NFC')
  return new Promise((resolve, reject) => {
    scrypt(letters, salt, LENGTH, options, (error, derived) => (error ? reject(error) : resolve(derived)))
  })
}
