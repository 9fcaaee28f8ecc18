import { existsSync } from 'node:fs'
import { runCommands } from './lib/run-commands.ts'

/** One project per environment: what one may touch, another may not. */
const projects = ['src/shared', 'src/renderer', 'src/passenger', 'src/preload', 'e2e', '.']

const missing = projects.filter((project) => !existsSync(`${project}/tsconfig.json`))
if (missing.length > 0) throw new Error(`no tsconfig.json in: ${missing.join(', ')}`)

const results = await runCommands(
  projects.map((project) => ({ name: project, command: 'tsc', args: ['-p', project, '--pretty', 'false'] })),
)
for (const { name, ok, output } of results) if (!ok) console.log(`types of ${name}:\n${output.trim()}`)
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
