import { randomInt } from 'node:crypto'
import type { Role } from '../../src/shared/domain/role.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { PasswordHasher } from '../../src/shared/ports/secrets.ts'
import type { StaffStore } from '../../src/shared/ports/staff-store.ts'

/** What making the first accounts needs. */
export interface AccountParts {
  readonly staff: StaffStore
  readonly hasher: PasswordHasher
  readonly clock: Clock
  /** From the settings; absent: made up at the first start. */
  readonly password: string | undefined
  readonly isDemo: boolean
}

/** The sign-ins to print. */
export interface FirstAccounts {
  readonly names: readonly string[]
  /** Where the password came from; only one that was just made up is shown, once. */
  readonly origin: 'made' | 'settings' | 'earlier'
  readonly password?: string
}

const demoRoles: readonly Role[] = ['gate', 'ops', 'supervisor', 'admin']

/**
 * Makes the first sign-ins of an empty store: an administrator, in a demo one for each role. A password in the settings
 * wins at every start, which is also the way back in when it was forgotten.
 */
export async function makeFirstAccounts(parts: AccountParts): Promise<FirstAccounts> {
  const names: readonly Role[] = parts.isDemo ? demoRoles : ['admin']
  const isEmpty = (await parts.staff.countAccounts()) === 0
  if (parts.password !== undefined) {
    if (isEmpty || !(await isCurrent(parts, parts.password))) await write(parts, names, parts.password)
    return { names, origin: 'settings' }
  }
  if (!isEmpty) return { names, origin: 'earlier' }
  const password = makePassword()
  await write(parts, names, password)
  return { names, origin: 'made', password }
}

/** Hashing is slow on purpose; a start with unchanged settings checks once instead of hashing four times. */
async function isCurrent({ staff, hasher }: AccountParts, password: string): Promise<boolean> {
  const admin = await staff.account('admin')
  return admin !== undefined && hasher.verify(password, admin.passwordHash)
}

async function write({ staff, hasher, clock }: AccountParts, names: readonly Role[], password: string): Promise<void> {
  const passwordHash = await hasher.hash(password)
  for (const role of names) {
    const fresh = { name: role, role, stations: ['*'], createdAt: clock.wall() }
    await staff.putAccount({ ...fresh, ...(await staff.account(role)), passwordHash, disabled: false })
  }
}

// Without letters and digits that are mistaken for each other when read from a screen.
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of four: 79 bits, and short enough to type from the screen. */
function makePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
