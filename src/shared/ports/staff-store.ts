import type { Instant } from '../domain/instant.ts'
import type { StaffAccount, StaffSession } from '../domain/staff.ts'

/** Accounts and sign-ins of staff. */
export interface StaffStore {
  account(name: string): Promise<StaffAccount | undefined>
  /** Writes an account; one with the same name is replaced. */
  putAccount(account: StaffAccount): Promise<void>
  countAccounts(): Promise<number>
  /** All accounts, by name. */
  accounts(): Promise<readonly StaffAccount[]>
  session(tokenHash: string): Promise<StaffSession | undefined>
  putSession(session: StaffSession): Promise<void>
  /** Moves the idle end of a session that still exists; one that ended meanwhile stays ended. */
  touchSession(tokenHash: string, idleAt: Instant): Promise<void>
  endSession(tokenHash: string): Promise<void>
  /** Ends every sign-in of one person, on whatever desk. */
  endSessionsOf(name: string): Promise<void>
  endSessionsBefore(now: Instant): Promise<void>
}
