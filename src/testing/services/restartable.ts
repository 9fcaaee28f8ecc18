import type { Child } from './child-process.ts'
import type { TemporaryFolder } from './temporary-folder.ts'

/** What every started service offers beside its address. */
export interface Restartable extends AsyncDisposable {
  /** Of the process that runs now; 0 while none does. */
  pid(): number
  /** Ends the service and removes its data. */
  stop(): Promise<void>
  /** SIGTERM: it may finish what it does; the data stay. Resolves with the exit code. */
  end(): Promise<number | null>
  /** `kill -9`: nothing is flushed, nobody is told; the data stay. */
  kill(): Promise<void>
  /** Starts again on the same port with the same data, after killing what still runs. */
  restart(): Promise<void>
}

/** Builds the handle of a service from the one thing that differs: how its process is started. */
export async function createRestartable(folder: TemporaryFolder, start: () => Promise<Child>): Promise<Restartable> {
  let child: Child | undefined = await start().catch(async (error: unknown) => {
    await folder.remove()
    throw error
  })
  const kill = async () => {
    await child?.kill()
    child = undefined
  }
  const stop = async () => {
    await kill()
    await folder.remove()
  }
  const restart = async () => {
    await kill()
    child = await start()
  }
  const end = async () => {
    const code = (await child?.end()) ?? null
    child = undefined
    return code
  }
  return { pid: () => child?.pid ?? 0, stop, end, kill, restart, [Symbol.asyncDispose]: stop }
}
