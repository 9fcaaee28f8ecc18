import type { Collection } from 'mongodb'
import type { StaffAccount, StaffSession } from '../../shared/domain/staff.ts'
import type { StaffStore } from '../../shared/ports/staff-store.ts'

/** A document of `staff`. */
export type AccountDocument = StaffAccount & { readonly _id: string }

/** A document of `sessions`. */
export type SessionDocument = StaffSession & { readonly _id: string }

/** Accounts in `staff`, sign-ins in `sessions`. */
export function createStaffStore(
  staff: Collection<AccountDocument>,
  sessions: Collection<SessionDocument>,
): StaffStore {
  const withoutId = { projection: { _id: 0 } }
  return {
    account: async (name) => (await staff.findOne<StaffAccount>({ _id: name }, withoutId)) ?? undefined,
    async putAccount(account) {
      await staff.replaceOne({ _id: account.name }, account, { upsert: true })
    },
    accounts: () => staff.find<StaffAccount>({}, withoutId).sort({ _id: 1 }).toArray(),
    countAccounts: () => staff.countDocuments(),
    session: async (hash) => (await sessions.findOne<StaffSession>({ _id: hash }, withoutId)) ?? undefined,
    async putSession(session) {
      await sessions.replaceOne({ _id: session.tokenHash }, session, { upsert: true })
    },
    async touchSession(hash, idleAt) {
      await sessions.updateOne({ _id: hash }, { $set: { idleAt } })
    },
    async endSession(hash) {
      await sessions.deleteOne({ _id: hash })
    },
    async endSessionsOf(name) {
      await sessions.deleteMany({ name })
    },
    async endSessionsBefore(now) {
      await sessions.deleteMany({ $or: [{ endsAt: { $lte: now } }, { idleAt: { $lte: now } }] })
    },
  }
}
