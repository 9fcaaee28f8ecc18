import type { MailboxMessage, MailboxStore } from '../../shared/ports/system-stores.ts'
import type { EmbeddedDatabase } from './database.ts'
import { asList, listDocuments, textOf } from './rows.ts'
import { inSlices } from './slices.ts'

/** Messages that had no provider, in the order in which they came. */
export function createMailboxStore(database: EmbeddedDatabase): MailboxStore {
  const insert = database.prepare(
    'INSERT INTO mailbox (id, recipient, at, document) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  )
  const known = database.prepare('SELECT id FROM mailbox WHERE id IN (SELECT value FROM json_each(?))')
  const all = database.prepare('SELECT document FROM mailbox ORDER BY at DESC, sequence DESC LIMIT ?')
  const byRecipient = database.prepare(
    'SELECT document FROM mailbox WHERE recipient = ? ORDER BY at DESC, sequence DESC LIMIT ?',
  )
  const count = database.prepare('SELECT count(*) AS count FROM mailbox')
  return {
    async put(messages) {
      const added: string[] = []
      await inSlices(database, messages, (message) => {
        const isNew = insert.run(message.id, message.to, message.at, JSON.stringify(message)) > 0
        if (isNew) added.push(message.id)
      })
      return added
    },
    async known(ids) {
      return known.all(asList(ids)).map((row) => textOf(row, 'id'))
    },
    async list({ to, limit }) {
      if (to === undefined) return listDocuments<MailboxMessage>(all, limit)
      return listDocuments<MailboxMessage>(byRecipient, to, limit)
    },
    async count() {
      return Number(count.get()?.count)
    },
  }
}
