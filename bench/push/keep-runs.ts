import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PushRuns } from './tables.ts'

const FILE = join(import.meta.dirname, '..', 'results', 'push.json')

/** The runs of this time, and of an earlier time those of the scenarios that were left out this time. */
export async function withEarlierRuns(runs: PushRuns): Promise<PushRuns> {
  const earlier = await readEarlier()
  const choose = <Name extends keyof PushRuns>(name: Name) => (runs[name].length > 0 ? runs[name] : earlier[name])
  return {
    all: choose('all'),
    follow: choose('follow'),
    slow: choose('slow'),
    storm: choose('storm'),
    poll: choose('poll'),
    kafka: choose('kafka'),
  }
}

async function readEarlier(): Promise<PushRuns> {
  const none: PushRuns = { all: [], follow: [], slow: [], storm: [], poll: [], kafka: [] }
  const text = await readFile(FILE, 'utf8').catch(() => undefined)
  return text === undefined ? none : { ...none, ...JSON.parse(text).raw }
}
