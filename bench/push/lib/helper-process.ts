import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A process of the bench that is told things by lines and answers with lines. */
export interface HelperProcess extends AsyncDisposable {
  readonly pid: number
  /** Writes to its standard input; resolves when it would take more. */
  write(text: string): Promise<void>
  /** Called with each line it writes, from now on. */
  onLine(listener: (line: string) => void): void
  /** Stops it as an operator would. */
  stop(): Promise<void>
}

/** How a process is started. */
export interface HelperOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Whether its end is expected. */
  readonly mayEnd?: boolean
}

// A process that does not stop when it is asked to is not what is measured here.
const PATIENCE = 15_000

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a process; what it says on its standard error is shown, and its early end ends the bench. */
export function startHelper({ command, args, env = {}, mayEnd = false }: HelperOptions): HelperProcess {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] })
  const listeners: ((line: string) => void)[] = []
  let isStopping = mayEnd
  createInterface({ input: child.stdout }).on('line', (line) => {
    for (const listener of listeners) listener(line)
  })
  const ended = once(child, 'exit').then(([code, signal]) => {
    running.delete(child)
    if (!isStopping) throw new Error(`${command} ${args[0] ?? ''} ended with ${code ?? signal}`)
  })
  // A pipe whose reader is gone is told by the end of the process.
  child.stdin.on('error', () => undefined)
  running.add(child)
  const stop = async () => {
    isStopping = true
    child.kill('SIGTERM')
    await patiently(child, ended)
  }
  return {
    pid: child.pid ?? 0,
    async write(text) {
      if (!child.stdin.write(text)) await once(child.stdin, 'drain')
    },
    onLine: (listener) => void listeners.push(listener),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function patiently(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE)
  await ended
  clearTimeout(timer)
}

/** Resolves with the first line for which `isWanted` holds. */
export function awaitLine(helper: HelperProcess, isWanted: (line: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    helper.onLine((line) => {
      if (isWanted(line)) resolve(line)
    })
  })
}
