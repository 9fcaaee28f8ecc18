import { FlightlineError } from '../../src/shared/lib/errors.ts'
import type { Sealer } from '../../src/shared/ports/secrets.ts'
import type { SettingStore } from '../../src/shared/ports/system-stores.ts'

const SETTING = 'pii-key-fingerprint'

/**
 * Refuses a key for addresses that is not the one this store was filled with: with another key nobody could be told,
 * and the same person would count as two. The first process to come keeps its key's fingerprint.
 * @throws FlightlineError `FL_PII_KEY_FOREIGN`
 */
export async function checkKey(settings: SettingStore, sealer: Sealer): Promise<void> {
  const fingerprint = sealer.blindIndex('fingerprint of the key').slice(0, 16)
  const known = await settings.get(SETTING)
  if (known === undefined) await settings.set(SETTING, fingerprint)
  else if (known !== fingerprint) throw new FlightlineError('FL_PII_KEY_FOREIGN')
}
