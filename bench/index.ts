import { runDay } from './day/run.ts'
import { runDesks } from './desks/run.ts'
import { runPath } from './path/run.ts'
import { runPush } from './push/run.ts'
import { runStart } from './start/run.ts'

/** The measurements by name: `npm run bench -- path`. */
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  day: runDay,
  desks: runDesks,
  path: runPath,
  push: runPush,
  start: runStart,
}

const [name = '', ...args] = process.argv.slice(2)
const run = Object.hasOwn(benches, name) ? benches[name] : undefined
if (!run) {
  console.error(`Say which: npm run bench -- ${Object.keys(benches).join('|')}`)
  process.exit(2)
}
await run(args)
process.exit(0)
