import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { ServiceUnavailable } from './service-unavailable.ts'

const READY_MS = 60_000
const running = new Set<ChildProcess>()
let watching = false

export interface ChildOptions {
  readonly label: string
  readonly command: string
  readonly args: readonly string[]
  readonly logFile: string
  /** Over the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** True once the service answers; called again and again until then. */
  readonly isReady: () => Promise<boolean>
}

export interface Child {
  readonly pid: number
  /** SIGTERM; resolves with the exit code when the process is gone. */
  end(): Promise<number | null>
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>
}

/**
 * Starts a service and waits until it answers. Its standard input is a pipe held by this process: the launchers leave
 * when it closes, so that even `kill -9` of a test run leaves no orphan.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const env = { ...process.env, ...options.env }
  const child = spawn(options.command, options.args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const log = createWriteStream(options.logFile, { flags: 'a' })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  // A dead reader is no news here: the end of the process is.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  }).then(() => {
    running.delete(child)
    log.end()
  })
  track(child)
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  try {
    await waitUntilReady(options, ended)
  } catch (error) {
    await kill()
    throw error
  }
  const end = async () => {
    child.kill('SIGTERM')
    await ended
    return child.exitCode
  }
  return { pid: child.pid ?? 0, end, kill }
}

async function waitUntilReady({ label, logFile, isReady }: ChildOptions, ended: Promise<void>): Promise<void> {
  const state = { hasEnded: false }
  const watch = ended.then(() => {
    state.hasEnded = true
  })
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline && !state.hasEnded) {
    if (await isReady().catch(() => false)) return
    await Promise.race([sleep(50), watch])
  }
  const happened = state.hasEnded ? 'ended while starting' : `did not answer within ${READY_MS / 1000} s`
  throw new ServiceUnavailable(`${label} ${happened}`, `its last words were "${await lastLine(logFile)}"`)
}

async function lastLine(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}

function track(child: ChildProcess): void {
  running.add(child)
  if (watching) return
  watching = true
  process.once('exit', killAll)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      killAll()
      // With our listener gone the signal does again what it always does, unless somebody else handles it.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    })
  }
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
