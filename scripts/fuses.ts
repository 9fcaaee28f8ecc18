import { join } from 'node:path'
import { differingFuses, wantedFuses } from './package/fuses.ts'

// `node scripts/fuses.ts <executable or .app>`: a packaged program has the fuses of electron-builder.yml, or this fails.
const [program] = process.argv.slice(2)
if (program === undefined) {
  console.error('usage: node scripts/fuses.ts <executable or .app>')
  process.exit(2)
}
const wanted = wantedFuses(join(import.meta.dirname, '..'))
const differing = await differingFuses(program, wanted)
for (const line of differing) console.error(line)
if (differing.length > 0) process.exit(1)
console.log(`${program}: ${Object.keys(wanted).length} fuses as configured`)
