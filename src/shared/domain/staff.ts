import type { Instant } from './instant.ts'
import type { Role } from './role.ts'

/** An account of a member of staff. */
export interface StaffAccount {
  /** Sign-in name, lower case. */
  readonly name: string
  readonly role: Role
  /** IATA codes, or `*` for all. */
  readonly stations: readonly string[]
  /** As the password hasher wrote it. */
  readonly passwordHash: string
  readonly disabled: boolean
  readonly createdAt: Instant
}

/** A sign-in. Only the SHA-256 of its token is stored. */
export interface StaffSession {
  readonly tokenHash: string
  readonly name: string
  readonly createdAt: Instant
  /** Wall clock; moved on by use, never beyond `endsAt`. */
  readonly idleAt: Instant
  /** Wall clock: the end whatever happens. */
  readonly endsAt: Instant
}
