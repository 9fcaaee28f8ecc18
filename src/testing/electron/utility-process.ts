import { type ChildProcess, fork as forkNode } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { strict } from './strict.ts'

interface ForkOptions {
  readonly serviceName?: string
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly execArgv?: readonly string[]
  readonly stdio?: 'pipe' | 'ignore' | 'inherit'
}

class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess

  constructor(child: ChildProcess) {
    super()
    this.child = child
    child.once('spawn', () => this.emit('spawn'))
    child.on('message', (data) => this.emit('message', data))
    child.once('exit', (code, signal) => this.emit('exit', code ?? (signal === null ? 0 : 128)))
    process.once('exit', () => child.kill('SIGKILL'))
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined
  }

  get stdout() {
    return this.child.stdout
  }

  get stderr() {
    return this.child.stderr
  }

  postMessage(message: unknown): void {
    // Reason for the cast: with advanced serialisation anything that can be cloned may be sent.
    if (this.child.connected) this.child.send(message as object)
  }

  kill(): boolean {
    return this.child.kill('SIGTERM')
  }
}

/** `electron.utilityProcess`: a process of Node with `process.parentPort`, that ends with its parent. */
export const utilityProcess = strict('utilityProcess', {
  fork(path: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    const shim = pathToFileURL(join(import.meta.dirname, 'parent-port.ts')).href
    const output = options.stdio ?? 'inherit'
    const child = forkNode(path, [...args], {
      env: { ...(options.env ?? process.env) },
      cwd: options.cwd,
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', shim, ...(options.execArgv ?? [])],
      serialization: 'advanced',
      stdio: ['ignore', output, output, 'ipc'],
    })
    return strict('UtilityProcess', new UtilityProcess(child))
  },
})
