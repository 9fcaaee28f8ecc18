import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { FleetReport } from './tally.ts'

/** Sockets that follow everything, in a process of their own. */
export interface Fleet {
  /** What they have seen up to now. */
  report(): Promise<FleetReport>
  close(): Promise<void>
}

/** Opens `count` sockets; resolves when each has its snapshot. */
export async function openFleet(url: string, count: number): Promise<Fleet> {
  const child = fork(join(import.meta.dirname, 'fleet-process.ts'), [url, String(count)], { serialization: 'advanced' })
  await nextMessage(child)
  return {
    report() {
      child.send('report')
      return nextMessage(child)
    },
    async close() {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

function nextMessage(child: ChildProcess): Promise<FleetReport> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('the process of the followers has ended'))
    child.once('exit', fail)
    child.once('message', (message: FleetReport) => {
      child.off('exit', fail)
      resolve(message)
    })
  })
}
