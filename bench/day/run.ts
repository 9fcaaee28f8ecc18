import { setTimeout as sleep } from 'node:timers/promises'
import { startBackendProcess } from '../../src/testing/services/backend.ts'
import { readMetric } from '../lib/read-metric.ts'
import { publish } from '../lib/report.ts'
import { spreadOf } from '../lib/statistics.ts'

const REPEATS = 3

/** Measures a real day at full speed: from the start of the process until every change is on the log. */
export async function runDay(): Promise<void> {
  const runs: { readonly milliseconds: number; readonly changes: number }[] = []
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    console.log(`run ${repeat + 1} of ${REPEATS}`)
    const startedAt = performance.now()
    await using backend = await startBackendProcess({ env: { FLIGHTLINE_SPEED: 'max' } })
    while (!(await isOver(backend.url))) await sleep(50)
    const milliseconds = Math.round(performance.now() - startedAt)
    runs.push({ milliseconds, changes: await readMetric(backend.url, /^flightline_relay_published_total{.*updates"}/) })
  }
  await publish({
    name: 'day',
    what: `FLIGHTLINE_SPEED=max, embedded: start of the process → the whole day played and on the log, ${REPEATS} runs, ms`,
    rows: [{ changes: runs[0]?.changes ?? 0, ...spreadOf(runs.map(({ milliseconds }) => milliseconds)) }],
    raw: runs,
  })
}

async function isOver(url: string): Promise<boolean> {
  const { parts } = JSON.parse(await (await fetch(`${url}/health`)).text())
  return parts.replay.ahead === 0 && parts.relay.unpublished === 0
}
