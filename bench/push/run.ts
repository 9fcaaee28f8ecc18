import { loadavg } from 'node:os'
import { publish } from '../lib/report.ts'
import { readPushOptions, type ScenarioName } from './options.ts'
import { measureAll } from './scenarios/all.ts'
import { measureFollow } from './scenarios/follow.ts'
import { measurePoll } from './scenarios/poll.ts'
import { measureSlow } from './scenarios/slow.ts'
import { measureStorm } from './scenarios/storm.ts'
import { summarizeAll, summarizeFollow } from './tables.ts'

/** Measures the push gateway beside its peers: see `README.md`. */
export async function runPush(args: readonly string[]): Promise<void> {
  const options = readPushOptions(args)
  const wants = (name: ScenarioName) => options.scenarios.includes(name)
  const raw = {
    all: wants('all') ? await measureAll(options) : [],
    follow: wants('follow') ? await measureFollow(options) : [],
    slow: wants('slow') ? await measureSlow(options) : [],
    storm: wants('storm') ? await measureStorm(options) : [],
    poll: wants('poll') ? await measurePoll(options) : [],
  }
  console.table(summarizeFollow(raw.follow))
  await publish({
    name: 'push',
    what: `thousand deliveries per second of server CPU, medians of ${options.repeats} (min–max); load ${loadavg()[0]}`,
    rows: summarizeAll(raw.all),
    raw,
  })
}
