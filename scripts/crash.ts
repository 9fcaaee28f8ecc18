import { parseArgs } from 'node:util'
import { runCrash } from '../src/testing/chain/crash-run.ts'
import { type Mode, modes } from '../src/testing/chain/system.ts'

// `npm run test:crash -- --kills 50 --edits 500 --seed 1 --mode embedded`; without a mode, both.
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    edits: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    mode: { type: 'string', multiple: true },
  },
})
const wanted: readonly Mode[] = modes.filter((mode) => !values.mode || values.mode.includes(mode))
const [kills, edits, seed] = [Number(values.kills), Number(values.edits), Number(values.seed)]
if (wanted.length === 0 || ![kills, edits, seed].every(Number.isInteger)) {
  console.error(`say --mode ${modes.join(' or ')}, and whole numbers for --kills, --edits and --seed`)
  process.exit(2)
}

let broken = 0
for (const mode of wanted) {
  console.log(`\n${mode}: ${kills} kills during ${edits} edits, seed ${seed}`)
  const size = { mode, kills, edits, desks: 8, departures: 20, passengers: 5 }
  const { problems, ...figures } = await runCrash({ ...size, seed, tell: (line) => console.log(`  ${line}`) })
  console.table(figures)
  for (const problem of problems) console.log(`  BROKEN: ${problem}`)
  broken += problems.length
}
console.log(`${wanted.length} runs, ${broken} broken promises`)
process.exitCode = broken === 0 ? 0 : 1
