import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publish } from '../lib/report.ts'
import { withEarlierRuns } from './keep-runs.ts'
import { type PushOptions, readPushOptions } from './options.ts'
import { drawAll } from './picture.ts'
import { measureAll } from './scenarios/all.ts'
import { measureFollow } from './scenarios/follow.ts'
import { measureKafka } from './scenarios/kafka.ts'
import { measurePoll } from './scenarios/poll.ts'
import { measureSlow } from './scenarios/slow.ts'
import { measureStorm } from './scenarios/storm.ts'
import { type PushRuns, summarize, toMarkdown } from './tables.ts'

const PICTURED = 10_000

/** Measures the push gateway beside its peers: see `README.md`. */
export async function runPush(args: readonly string[]): Promise<void> {
  const options = readPushOptions(args)
  const runs = await measure(options)
  for (const [name, rows] of Object.entries(summarize(runs))) if (rows.length > 0) show(name, toMarkdown(rows))
  const raw = options.isWhole ? await withEarlierRuns(runs) : runs
  const tables = Object.entries(summarize(raw))
  await publish({
    // Figures of a shortened run are kept beside those that the documentation shows, not in their place.
    name: options.isWhole ? 'push' : 'push-part',
    what: 'Push: medians (min–max)',
    rows: tables.flatMap(([scenario, rows]) => rows.map((row) => ({ scenario, ...row }))),
    raw,
  })
  if (options.isWhole && raw.all.length > 0) {
    const picture = join(import.meta.dirname, '..', '..', 'docs', 'images', 'push.svg')
    await writeFile(picture, drawAll(raw.all, PICTURED))
  }
}

async function measure(options: PushOptions): Promise<PushRuns> {
  const wants = (name: keyof PushRuns) => options.scenarios.includes(name)
  return {
    all: wants('all') ? await measureAll(options) : [],
    follow: wants('follow') ? await measureFollow(options) : [],
    slow: wants('slow') ? await measureSlow(options) : [],
    storm: wants('storm') ? await measureStorm(options) : [],
    poll: wants('poll') ? await measurePoll(options) : [],
    kafka: wants('kafka') ? await measureKafka(options) : [],
  }
}

function show(name: string, table: string): void {
  console.log(`\n${name}\n\n${table}`)
}
