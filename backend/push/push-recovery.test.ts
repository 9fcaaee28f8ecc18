import { expect, test } from 'vitest'
import { runRecovery } from '../../src/testing/push/recovery-run.ts'
import { writeEach } from './write-all.ts'

// `npm run test:fuzz` runs a hundred seeds with ten times as many clients.
const SIZE = { changes: 2_000, clients: 20 }

test.each([
  ...[1, 2, 3, 4].map((seed) => ({ seed, how: 'as the gateway writes here', ways: {} })),
  ...[5, 6].map((seed) => ({ seed, how: 'by means of Node', ways: { writeAll: writeEach } })),
])('seed $seed, written $how: no step back, no unannounced gap, the same end', async ({ seed, ways }) => {
  const report = await runRecovery({ ...SIZE, ...ways, seed })
  expect(report.problems).toEqual([])
  // That so much happened is what the promise is worth.
  expect(report.connects).toBeGreaterThan(200)
  expect(report.restarts).toBeGreaterThan(0)
  expect(report.recovered).toBeGreaterThan(50)
  expect(report.entered).toBeGreaterThan(50)
  expect(report.conflated).toBeGreaterThan(100)
})
