import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LaunchedDesktop } from '../../src/testing/electron/launch-desktop.ts'
import { type Edits, editGates, openDesk } from '../path/desk.ts'
import type { BenchDesktop, BenchStation } from './station.ts'
import { answers, until } from './station.ts'

const MIB = 2 ** 20

/** The heap of main in MiB, once before and after each part of the changes. */
export interface HeapGrowth {
  readonly changes: number
  readonly heaps: readonly number[]
}

/**
 * Sends main the changes of a busy hour in a fraction of it, and looks at its heap after each tenth.
 * @param changes - how many, in all
 */
export async function watchHeap(
  desktop: LaunchedDesktop,
  { url }: Pick<BenchStation, 'url'>,
  changes: number,
): Promise<HeapGrowth> {
  const desk = await openDesk(url)
  const heaps = [await heapOf(desktop)]
  let accepted = 0
  try {
    for (let part = 0; part < 10; part += 1) {
      // Read anew: an edit is based on the revision that the part before has left.
      const { departures } = await desk.client.departures.list()
      const edits: Edits = await editGates(desk, shift(departures, part), { perSecond: 60, seconds: changes / 600 })
      accepted += edits.accepted.size
      heaps.push(await heapOf(desktop))
    }
  } finally {
    desk.close()
  }
  return { changes: accepted, heaps }
}

/** The gates of a part go by its departures' order, so that the same departure gets another one each time. */
function shift<Item>(items: readonly Item[], part: number): readonly Item[] {
  const by = part * 7
  return [...items.slice(by), ...items.slice(0, by)]
}

/** What is in use after a full collection. */
async function heapOf({ app }: LaunchedDesktop): Promise<number> {
  const bytes = await app.evaluate(() => {
    const v8 = process.getBuiltinModule('node:v8')
    v8.setFlagsFromString('--expose-gc')
    const collect: () => void = process.getBuiltinModule('node:vm').runInNewContext('gc')
    collect()
    return process.memoryUsage().heapUsed
  })
  return Math.round((bytes / MIB) * 10) / 10
}

/** What main's log says of a start, in milliseconds. */
export interface StartTimes {
  readonly departures: number
  /** Since the process began: the stand-in, which starts a browser meanwhile, is in it. */
  readonly sinceProcess: number
  /** Since Electron, or what stands in for it, was ready and main began its own work. */
  readonly sinceReady: number
}

/** Starts a desktop, and reads from its log when its board could be asked for. */
export async function timeStart(desktop: BenchDesktop): Promise<StartTimes> {
  const log = join(desktop.userData, 'logs', 'desktop.log')
  const before = (await readLines(log, SERVED)).length
  const launched = await desktop.start()
  try {
    await until(async () => (await readLines(log, SERVED)).length > before, 'the desktop says nothing of its board')
  } finally {
    await launched.kill()
  }
  const served = (await readLines(log, SERVED)).at(-1)
  const started = (await readLines(log, STARTS)).at(-1)
  return {
    departures: Number(served?.departures),
    sinceProcess: Number(served?.served),
    sinceReady: Date.parse(String(served?.time)) - Date.parse(String(started?.time)),
  }
}

const SERVED = 'the board is served'
const STARTS = 'the desktop starts'

async function readLines(log: string, message: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const text = await readFile(log, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line.includes(`"${message}"`))
    .map((line) => JSON.parse(line))
}

/** Kills the bundled backend, and takes the time until its successor answers, in milliseconds. */
export async function timeRestart({ serving, url }: Pick<BenchStation, 'serving' | 'url'>): Promise<number> {
  const log = await readFile(join(serving.userData, 'logs', 'backend.log'), 'utf8')
  const pid = Number([...log.matchAll(/"pid":(\d+)/g)].at(-1)?.[1])
  process.kill(pid, 'SIGKILL')
  const killedAt = performance.now()
  await until(async () => !(await answers(url)), 'the backend that was killed still answers')
  await until(() => answers(url), 'the backend does not come back')
  return Math.round(performance.now() - killedAt)
}
