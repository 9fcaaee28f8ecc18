import { type CommandResult, runCommands } from './lib/run-commands.ts'

// Each is a script of package.json of its own; the longest go first, so that two cores end together.
const names = ['types', 'unused', 'lint', 'graph', 'budgets'] as const

const results = await runCommands(names.map((name) => ({ name, command: 'node', args: ['--run', `check:${name}`] })))
for (const result of results) if (!result.ok) console.log(`== ${result.name}\n${shortened(result)}\n`)
for (const { name, ok, seconds } of results) {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(8)} ${seconds.toFixed(1)} s`)
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1

/** What a person reads of a long list is its beginning and, for the verdict, its end. */
function shortened({ name, output }: CommandResult): string {
  const lines = output.trim().split('\n')
  if (lines.length <= 120) return lines.join('\n')
  const left = lines.length - 120
  return [...lines.slice(0, 90), `… ${left} lines more: npm run check:${name}`, ...lines.slice(-30)].join('\n')
}
