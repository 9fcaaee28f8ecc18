import { runCommands } from './lib/run-commands.ts'
import { runSuite } from './test/run-suite.ts'
import { suites } from './test/suites.ts'
import { addTallies, type Tally } from './test/tally.ts'

// `npm test` runs everything; `npm test -- unit e2e` only what is named.
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`no suite ${unknown.join(', ')}; there are: ${suites.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))

const tallies: Tally[] = [await buildFirst()]
for (const suite of chosen) {
  console.log(`\n== ${suite.name}`)
  tallies.push(await runSuite(suite, (text) => process.stdout.write(text)))
}

const { passed, failed, remarks } = addTallies(tallies)
console.log(`\n${remarks.map((remark) => `${remark}\n`).join('')}${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** The integration and browser suites run what `npm start` runs, so it is built from the sources that are tested. */
async function buildFirst(): Promise<Tally> {
  const [built] = await runCommands([{ name: 'build', command: 'node', args: ['scripts/build.ts'] }])
  if (built?.ok) return { passed: 0, failed: 0, remarks: [] }
  console.log(built?.output)
  return { passed: 0, failed: 1, remarks: ['the build failed; its output stands at the top'] }
}
