import cluster from 'node:cluster'
import type { GatewayProcess } from './gateways.ts'

/** Starts another process of this program that shares our port; the one with the port hands connections out in turn. */
export function forkGateway(): GatewayProcess {
  // Figures may be NaN or infinite, which JSON cannot say.
  cluster.setupPrimary({ serialization: 'advanced' })
  // On Windows the system would choose, and gives nearly all to one.
  cluster.schedulingPolicy = cluster.SCHED_RR
  const worker = cluster.fork()
  // A pipe that broke is followed by the end of the process, which is what is acted on.
  worker.on('error', () => undefined)
  return {
    pid: worker.process.pid,
    isOpen: () => worker.isConnected(),
    send: (message) => void worker.process.send(message, () => undefined),
    listen: (listener) => void worker.on('message', listener),
    ended: (listener) => void worker.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`)),
    kill: () => void worker.process.kill('SIGKILL'),
  }
}
