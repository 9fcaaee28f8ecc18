import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openEmbeddedDatabase } from '../../testing/fixtures/embedded-pair.ts'
import { openEmbeddedStores } from './open-stores.ts'

// Counting walks the smallest index, the outbox is read in the order in which it lies, and sessions are as few as the
// people on duty: said here, so that nothing else does so unnoticed.
const mayScan =
  /^SELECT count\(\*\)|FROM outbox ORDER BY sequence|^DELETE FROM staff_sessions WHERE document ->> 'name'/

test('every query of the stores finds its rows by an index and sorts at most one departure’s', async () => {
  await using opened = await openEmbeddedDatabase()
  const statements: string[] = []
  openEmbeddedStores({
    ...opened.database,
    prepare(sql) {
      statements.push(sql)
      return opened.database.prepare(sql)
    },
  })
  const raw = new DatabaseSync(opened.database.file)
  const wasteful = statements.filter((sql) => !mayScan.test(sql) && isWasteful(raw, sql))
  raw.close()
  expect(statements.length).toBeGreaterThan(50)
  expect(wasteful).toEqual([])
})

/** A scan that follows an index with its order and stops at a limit is none. */
function isWasteful(database: DatabaseSync, sql: string): boolean {
  const steps = database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map(({ detail }) => String(detail))
  const isScan = steps.some(
    (step) => step.startsWith('SCAN') && !/USING (COVERING )?INDEX|json_each|\(subquery/.test(step),
  )
  const isSorted = steps.some((step) => step.startsWith('USE TEMP B-TREE')) && !sql.includes('departure_id = ?')
  return isScan || isSorted
}
