import { totalmem } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { getHeapStatistics } from 'node:v8'
import type { PushLimits } from './parts.ts'

/** How much this process has to do and to hold, as of a moment ago. */
export interface Load {
  /** Turns of the event loop take too long: there is work for the sockets that are here already. */
  isLate(): boolean
  /** By how many milliseconds turns of the event loop are late. */
  lateness(): number
  /** There is little memory left, on the heap or for the process. */
  isFull(): boolean
  close(): void
}

// Milliseconds between two looks, and between two samples of the event loop: each wakes the process.
const LOOK_EVERY = 500
const SAMPLE_EVERY = 100

/**
 * Watches this process until closed.
 * @param processes - how many like it share the memory
 */
export function watchLoad(limits: Pick<PushLimits, 'lateness' | 'memoryShare'>, processes = 1): Load {
  const delay = monitorEventLoopDelay({ resolution: SAMPLE_EVERY })
  const allowed = allowedMemory() / processes
  let lateness = 0
  let isFull = false
  const look = () => {
    // The histogram holds whole intervals in nanoseconds, and no number before its first sample.
    lateness = Math.max(0, delay.mean / 1e6 - SAMPLE_EVERY) || 0
    delay.reset()
    isFull = memoryShare(allowed) > limits.memoryShare
  }
  delay.enable()
  look()
  const timer = setInterval(look, LOOK_EVERY).unref()
  return {
    isLate: () => lateness > limits.lateness,
    lateness: () => lateness,
    isFull: () => isFull,
    close() {
      clearInterval(timer)
      delay.disable()
    },
  }
}

/** What the container allows, or the machine has. Bytes. */
function allowedMemory(): number {
  const constrained = process.constrainedMemory()
  const machine = totalmem()
  return constrained > 0 && constrained < machine ? constrained : machine
}

/** The larger of two shares: of the heap's limit, at which V8 ends the process, and of the memory, where the system does. */
function memoryShare(allowed: number): number {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics()
  return Math.max(used / limit, process.memoryUsage.rss() / allowed)
}
