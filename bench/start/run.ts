import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPackageRoot } from '../../src/node/config/package-root.ts'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import { freePorts } from '../../src/testing/services/free-port.ts'
import { publish } from '../lib/report.ts'
import { spreadOf } from '../lib/statistics.ts'

const REPEATS = 3
const LATE = 60_000

/** Measures `npm start`: until the API hands out the first board, with an empty data folder and with a full one. */
export async function runStart(): Promise<void> {
  const runs: Record<'first' | 'second', number[]> = { first: [], second: [] }
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    await using folder = await temporaryFolder()
    for (const which of ['first', 'second'] as const) {
      console.log(`run ${repeat + 1} of ${REPEATS}: ${which} start`)
      runs[which].push(await timeStart(folder.path))
    }
  }
  await publish({
    name: 'start',
    what: `npm start → first board over HTTP, ${REPEATS} runs, ms`,
    rows: Object.entries(runs).map(([which, values]) => ({ start: which, ...spreadOf(values) })),
    raw: runs,
  })
}

async function timeStart(dataFolder: string): Promise<number> {
  const [port = 0] = await freePorts(1)
  const env = { ...process.env, PORT: String(port), FLIGHTLINE_DATA: dataFolder, LOG_LEVEL: 'warn' }
  const startedAt = performance.now()
  // In a group of its own, since npm puts a shell between itself and the backend.
  const child = spawn('npm', ['start'], { cwd: findPackageRoot(), env, stdio: 'ignore', detached: true })
  const ended = once(child, 'exit')
  try {
    while (!(await hasBoard(port))) {
      if (performance.now() - startedAt > LATE) throw new Error('npm start shows no board')
      await sleep(20)
    }
    return Math.round(performance.now() - startedAt)
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    await ended
    await untilFree(port)
  }
}

async function hasBoard(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/flights?limit=2000`)
    const { flights } = JSON.parse(await answer.text())
    return flights.length > 0
  } catch {
    return false
  }
}

/** npm is gone before the backend, which still writes its last bytes. */
async function untilFree(port: number): Promise<void> {
  while (await hasBoard(port)) await sleep(20)
  await sleep(500)
}
