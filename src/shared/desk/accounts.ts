import { type Actor, assertAllowed, type Role } from '../domain/role.ts'
import type { StaffAccount } from '../domain/staff.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { SignInParts } from './sign-in.ts'

/** Shortest password of a member of staff, in characters (OWASP ASVS 5.0, 6.2.1 asks for 8 at least). */
const LEAST_PASSWORD = 10

/** An account as administrators see it: everything but the password. */
export type AccountView = Omit<StaffAccount, 'passwordHash'>

/** What an administrator sets. What is absent stays as it is; a new account needs a password. */
export interface AccountEdit {
  readonly name: string
  readonly role: Role
  readonly stations: readonly string[]
  readonly password?: string | undefined
  readonly disabled?: boolean | undefined
}

/**
 * All accounts, by name.
 * @throws FlightlineError `FL_FORBIDDEN`
 */
export async function listAccounts(parts: SignInParts, actor: Actor): Promise<readonly AccountView[]> {
  assertAllowed(actor, 'manageStaff')
  return (await parts.stores.staff.accounts()).map(toView)
}

/**
 * Makes or changes an account. A new password, another role or disabling ends the person's sign-ins, so that nobody
 * goes on with what was taken away.
 * @throws FlightlineError `FL_FORBIDDEN`, `FL_ACCOUNT_PASSWORD`, `FL_ACCOUNT_LAST_ADMIN`
 */
export async function putAccount(parts: SignInParts, actor: Actor, edit: AccountEdit): Promise<AccountView> {
  assertAllowed(actor, 'manageStaff')
  const { staff } = parts.stores
  const known = await staff.account(edit.name)
  const account: StaffAccount = {
    name: edit.name,
    role: edit.role,
    stations: edit.stations,
    passwordHash: await hashOf(parts, known, edit.password),
    disabled: edit.disabled ?? known?.disabled ?? false,
    createdAt: known?.createdAt ?? parts.clock.wall(),
  }
  if (isLoss(known, account)) await assertOtherAdmin(parts, edit.name)
  await staff.putAccount(account)
  await staff.endSessionsOf(edit.name)
  return toView(account)
}

async function hashOf(
  parts: SignInParts,
  known: StaffAccount | undefined,
  password: string | undefined,
): Promise<string> {
  if (password === undefined && known) return known.passwordHash
  if (password === undefined || password.length < LEAST_PASSWORD) {
    throw new FlightlineError('FL_ACCOUNT_PASSWORD', { least: LEAST_PASSWORD })
  }
  return parts.hasher.hash(password)
}

function isAdmin(account: StaffAccount | undefined): boolean {
  return account?.role === 'admin' && !account.disabled
}

function isLoss(known: StaffAccount | undefined, next: StaffAccount): boolean {
  return isAdmin(known) && !isAdmin(next)
}

/** Without an administrator nobody could ever be let in again. */
async function assertOtherAdmin(parts: SignInParts, name: string): Promise<void> {
  const others = (await parts.stores.staff.accounts()).filter((account) => account.name !== name)
  if (!others.some(isAdmin)) throw new FlightlineError('FL_ACCOUNT_LAST_ADMIN')
}

function toView({ name, role, stations, disabled, createdAt }: StaffAccount): AccountView {
  return { name, role, stations, disabled, createdAt }
}
