import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** What was measured, ready for a table and for `bench/results/<name>.json`. */
export interface Report {
  readonly name: string
  readonly what: string
  readonly rows: readonly Readonly<Record<string, string | number>>[]
  /** Every single figure behind the rows. */
  readonly raw: unknown
}

/** Prints the table and keeps all figures, with the machine they were taken on. */
export async function publish(report: Report): Promise<void> {
  const machine = describeMachine()
  console.log(`\n${report.what}\n${machine.text}\n`)
  console.table(report.rows)
  const folder = join(import.meta.dirname, '..', 'results')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${report.name}.json`)
  await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), machine, ...report }, null, 2)}\n`)
  console.log(`written: bench/results/${report.name}.json`)
}

function describeMachine() {
  const [first] = cpus()
  const facts = {
    cores: cpus().length,
    model: first?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    priority: hasRealTimePriority() ? 'real-time' : 'ordinary',
    load: loadavg().map((value) => Math.round(value * 10) / 10),
  }
  const { cores, model, memoryGiB, kernel, node, priority, load } = facts
  return {
    ...facts,
    text: `${cores} cores (${model}), ${memoryGiB} GiB, Linux ${kernel}, Node ${node}; ${priority} priority, load ${load.join(' ')}`,
  }
}

/**
 * Whether this was started with `chrt`, as one does on a machine that others use as well: the processes measured, which
 * inherit it, then get the processors whenever they want them.
 */
function hasRealTimePriority(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    // Field 41 of proc(5), counted from the state, which follows the name in parentheses and is field 3.
    const policy = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38]
    return policy === '1' || policy === '2'
  } catch {
    // Not Linux: there is nothing to tell.
    return false
  }
}
