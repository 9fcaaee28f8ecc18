import type { SettingStore } from '../../shared/ports/system-stores.ts'
import type { EmbeddedDatabase } from './database.ts'
import { textOf } from './rows.ts'

/** Named values, one row each. */
export function createSettingStore(database: EmbeddedDatabase): SettingStore {
  const get = database.prepare('SELECT value FROM settings WHERE name = ?')
  const set = database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
  return {
    async get(name) {
      const row = get.get(name)
      return row && textOf(row, 'value')
    },
    async set(name, value) {
      set.run(name, value)
    },
  }
}
