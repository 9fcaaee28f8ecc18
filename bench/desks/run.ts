import { publish } from '../lib/report.ts'
import { type Spread, spreadOf } from '../lib/statistics.ts'
import { type EditTimes, timeEdits } from './edits.ts'
import { type HeapGrowth, type StartTimes, timeRestart, timeStart, watchHeap } from './main-process.ts'
import { type BenchStation, fill, openStation, signIn } from './station.ts'

const REPEATS = 3
const EDITS = 200
const CHANGES = 3_600

/** Measures two desktops and one backend on Kafka and MongoDB: what one edits on the other's board, and main itself. */
export async function runDesks(): Promise<void> {
  await using station = await openStation()
  const serving = await station.serving.start()
  await fill(station)
  const starts = await repeat('start', () => timeStart(station.plain))
  const plain = await station.plain.start()
  const [from, to] = [await signIn(plain), await signIn(serving)]
  const edits = await repeat('edits', (run) => timeEdits({ from, to }, `${'ABC'[run] ?? 'D'}`, EDITS))
  const heap = await watchHeap(plain, station, CHANGES)
  const restarts = await repeat('kill of the backend', () => timeRestart(station))
  await tell(station, { edits, starts, heap, restarts })
}

interface Results {
  readonly edits: readonly EditTimes[]
  readonly starts: readonly StartTimes[]
  readonly heap: HeapGrowth
  readonly restarts: readonly number[]
}

async function repeat<Result>(what: string, work: (run: number) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let run = 0; run < REPEATS; run += 1) {
    console.log(`${what}: run ${run + 1} of ${REPEATS}`)
    results.push(await work(run))
  }
  return results
}

function tell({ label }: BenchStation, results: Results): Promise<void> {
  const { edits, starts, heap, restarts } = results
  return publish({
    name: 'desks',
    what: `two desktops (stand-in for Electron) and one backend on ${label}; ${REPEATS} runs: median (min–max)`,
    rows: [
      {
        what: `Enter → other desk's cell, ${EDITS} edits, p50, ms`,
        figure: show(spreadOf(edits.map(({ p50 }) => p50))),
      },
      { what: '… p99, ms', figure: show(spreadOf(edits.map(({ p99 }) => p99))) },
      { what: '… max, ms', figure: show(spreadOf(edits.map(({ max }) => max))) },
      {
        what: `main ready → board of ${starts[0]?.departures} departures served, ms`,
        figure: show(spreadOf(starts.map(({ sinceReady }) => sinceReady))),
      },
      { what: '… since the process began, ms', figure: show(spreadOf(starts.map(({ sinceProcess }) => sinceProcess))) },
      { what: `heap of main over ${heap.changes} changes, MiB`, figure: heap.heaps.join(' ') },
      { what: 'backend killed → answers again, ms', figure: show(spreadOf(restarts)) },
    ],
    raw: results,
  })
}

function show({ min, median, max }: Spread): string {
  const text = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(1))
  return `${text(median)} (${text(min)}–${text(max)})`
}
