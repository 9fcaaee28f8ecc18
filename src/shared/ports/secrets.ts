/** Keeps addresses unreadable at rest. */
export interface Sealer {
  /** Encrypts; the result starts with `sealed:` and differs each time. */
  seal(clear: string): string
  /** Decrypts; text that was never sealed is returned as it is, since other systems write bookings too. */
  open(text: string): string
  /** Keyed hash for looking up and for telling recipients apart; case and surrounding blanks do not matter. */
  blindIndex(address: string): string
}

/** Hashes passwords, slowly. */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Takes as long for a wrong password as for an unknown name, when given the hash of nobody. */
  verify(password: string, hash: string): Promise<boolean>
}

/** Makes things nobody can guess. */
export interface TokenMaker {
  /** 256 bits, base64url. */
  token(): string
  /** SHA-256 as hex, for storing tokens. */
  hash(token: string): string
  /** A UUID. */
  id(): string
}
