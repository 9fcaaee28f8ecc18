import { expect, test } from 'vitest'
import { runCrash } from './crash-run.ts'

const seed = Date.now() % 1_000_000

test(`Kafka and MongoDB, the backend killed 5 times and each of them once (seed ${seed}): every promise is kept`, async () => {
  const size = { kills: 5, edits: 500, desks: 8, departures: 20, passengers: 5 }
  const result = await runCrash({ mode: 'connected', ...size, seed })
  process.stdout.write(`${JSON.stringify(result)}\n`)
  expect(result.problems).toEqual([])
  expect(result.kills).toBe(7)
  expect(result.uncertain).toBeLessThanOrEqual(result.mostUncertain)
  expect(result.edits).toBeGreaterThanOrEqual(500)
}, 240_000)
