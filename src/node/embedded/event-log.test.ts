import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describeEventLog } from '../../testing/contracts/event-log.contract.ts'
import type { LogPair } from '../../testing/contracts/log-pair.ts'
import { silentLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { openDatabase } from './database.ts'
import { createEmbeddedLog } from './event-log.ts'

async function openPair(): Promise<LogPair> {
  const folder = await temporaryFolder('log')
  const file = join(folder.path, 'flightline.db')
  const databases = [openDatabase({ file, logger: silentLog() }), openDatabase({ file, logger: silentLog() })] as const
  const [first, second] = [createEmbeddedLog(databases[0], silentLog()), createEmbeddedLog(databases[1], silentLog())]
  return {
    first,
    second,
    async appendForeign(topic, { key = null, value = null }) {
      const beside = new DatabaseSync(file)
      beside
        .prepare(
          `INSERT INTO log_records SELECT ?1, 0, coalesce(max(offset) + 1, 0), ?2, NULL, ?3, ?4
           FROM log_records WHERE topic = ?1`,
        )
        .run(topic, key, value, Date.now())
      beside.close()
    },
    async trim() {
      await first.prune(Date.now() + 1)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([first.close(), second.close()])
      for (const database of databases) database.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

describeEventLog('embedded SQLite', openPair)
