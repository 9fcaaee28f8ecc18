import { loadavg } from 'node:os'
import { publish } from '../lib/report.ts'
import { readPushOptions } from './options.ts'
import { measureAll } from './scenarios/all.ts'
import { summarizeAll } from './tables.ts'

/** Measures the push gateway beside its peers: see `README.md`. */
export async function runPush(args: readonly string[]): Promise<void> {
  const options = readPushOptions(args)
  const all = options.scenarios.includes('all') ? await measureAll(options) : []
  await publish({
    name: 'push',
    what: `thousand deliveries per second of server CPU, medians of ${options.repeats} (min–max); load ${loadavg()[0]}`,
    rows: summarizeAll(all),
    raw: { all },
  })
}
