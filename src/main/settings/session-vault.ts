import type { SessionVault } from '../desk/session-vault.ts'
import type { Vault } from './vault.ts'

const NAME = 'session'

/** The person's sign-in in the vault; where that is not safe, it ends with the program. */
export function createSessionVault(vault: Vault): SessionVault {
  return {
    load: async () => (await vault.read())[NAME],
    async save(text) {
      if (text !== undefined && !(await vault.safety()).isSafe) return
      await vault.change({ [NAME]: text })
    },
  }
}
