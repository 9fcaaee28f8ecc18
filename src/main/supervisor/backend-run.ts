import { type BackendReport, backendReportSchema, HEALTH_WITHIN } from '../../shared/api/backend-messages.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import type { Health } from './ask-health.ts'
import type { BackendProcess } from './backend-process.ts'

/** How often a running backend is asked, and how long it may think on a busy machine. Milliseconds. */
export const HEALTH_EVERY = 5_000
export const HEALTH_PATIENCE = 4 * HEALTH_WITHIN

/** Silent answers in a row after which it counts as hung. */
const SILENT_MOST = 3

/** Draining takes the backend at most this long; see `backend/index.ts`. */
export const DRAIN = 20_000

/** What one life of the backend needs. */
export interface RunParts {
  readonly timer: Timer
  readonly askHealth: (url: string, patience: number) => Promise<Health>
  /** Takes its output, line by line. */
  readonly output: (line: string) => void
  /** `kill -9`. */
  readonly endHard: (pid: number) => void
}

/** Told of one life of the backend. */
export interface RunListener {
  started(report: Extract<BackendReport, { type: 'started' }>): void
  health(health: Health): void
  ended(code: number, failure: Extract<BackendReport, { type: 'failed' }> | undefined): void
}

/** One life of the backend, from its start to its end. */
export interface BackendRun {
  /** Asks it to finish, and ends it when it does not. Resolves when it is gone. */
  stop(): Promise<void>
}

/** Watches a backend that was just started. */
export function watchRun(parts: RunParts, process: BackendProcess, listener: RunListener): BackendRun {
  let failure: Extract<BackendReport, { type: 'failed' }> | undefined
  let stopAsking: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    process.once('exit', (code) => {
      stopAsking()
      listener.ended(code, failure)
      resolve()
    })
  })
  const kill = () => {
    if (process.pid !== undefined) parts.endHard(process.pid)
  }
  process.on('message', (message) => {
    const report = backendReportSchema.safeParse(message).data
    if (report?.type === 'failed') failure = report
    if (report?.type !== 'started') return
    listener.started(report)
    stopAsking = askAgainAndAgain(parts, report.localUrl, { heard: listener.health, hung: kill })
  })
  // Without a listener it would be an error of main's own, and stop everything with a message box.
  process.on('error', (_type, location) => parts.output(`V8 gave up in ${location}`))
  const readings = [process.stdout, process.stderr].map((stream) => stream && readLines(stream, parts.output))
  // Electron tells of the end before it has passed on the last words, and takes all listeners away right after.
  process.once('exit', () =>
    setImmediate(() => {
      for (const reading of readings) reading?.resume()
    }),
  )
  return {
    async stop() {
      process.postMessage({ type: 'stop' })
      const cancel = parts.timer.after(DRAIN, kill)
      await ended
      cancel()
    },
  }
}

interface Asking {
  heard(health: Health): void
  hung(): void
}

function askAgainAndAgain({ timer, askHealth }: RunParts, url: string, { heard, hung }: Asking): () => void {
  let silent = 0
  let isAsking = false
  let isOver = false
  const ask = async () => {
    if (isAsking) return
    isAsking = true
    const health = await askHealth(url, HEALTH_PATIENCE)
    isAsking = false
    if (isOver) return
    silent = health.status === 'silent' ? silent + 1 : 0
    heard(health)
    if (silent >= SILENT_MOST) hung()
  }
  const stop = timer.every(HEALTH_EVERY, () => void ask())
  return () => {
    isOver = true
    stop()
  }
}

// A line without end is cut, or a broken writer would fill our memory.
const LONGEST_LINE = 64 * 1024

/** Reads until the end. @returns how to read on after somebody took the listeners away */
function readLines(stream: NodeJS.ReadableStream, output: (line: string) => void): { resume(): void } {
  let rest = ''
  const read = (text: string) => {
    const lines = (rest + text).split('\n')
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE)
    for (const line of lines) if (line.trim() !== '') output(line)
  }
  const end = () => {
    if (rest.trim() !== '') output(rest)
    rest = ''
  }
  const listen = () => stream.on('data', read).on('end', end).resume()
  stream.setEncoding('utf8')
  listen()
  return {
    resume() {
      stream.off('data', read).off('end', end)
      listen()
    },
  }
}
