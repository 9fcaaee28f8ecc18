import { parseArgs } from 'node:util'
import { runRecovery } from '../src/testing/push/recovery-run.ts'

// `npm run test:fuzz -- --seeds 100 --first 1 --changes 10000 --clients 200`: screens of passengers through everything.
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    first: { type: 'string', default: '1' },
    changes: { type: 'string', default: '10000' },
    clients: { type: 'string', default: '200' },
  },
})
const [seeds, first, changes, clients] = [values.seeds, values.first, values.changes, values.clients].map(Number)
if (![seeds, first, changes, clients].every((value) => Number.isInteger(value) && Number(value) > 0)) {
  console.error('say whole numbers from 1 for --seeds, --first, --changes and --clients')
  process.exit(2)
}

let broken = 0
for (let seed = first ?? 1; seed < (first ?? 1) + (seeds ?? 1); seed += 1) {
  const startedAt = performance.now()
  const size = { seed, changes: changes ?? 1, clients: clients ?? 1 }
  const { problems, ...counts } = await runRecovery(size)
  console.log(JSON.stringify({ seed, seconds: Math.round((performance.now() - startedAt) / 1000), ...counts }))
  for (const problem of problems) console.log(`  BROKEN: ${problem}`)
  broken += problems.length
}
console.log(`${seeds} seeds, ${broken} broken promises`)
// Sockets that were closed in the middle keep their timers for half a minute.
process.exit(broken === 0 ? 0 : 1)
