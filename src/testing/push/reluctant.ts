import type { Duplex } from 'node:stream'
import { loadNative, type WriteAll, writeEach } from '../../../backend/push/write-all.ts'
import type { Random } from '../chain/random.ts'

/**
 * Makes a socket say at random that it is full, and drain a moment later. The kernel takes megabytes before it says so
 * of itself, so that in a run of seconds nothing would ever wait.
 */
export function makeReluctant(socket: Duplex, random: Random): void {
  const { write } = socket
  const reluctant = (...given: readonly unknown[]) => {
    const isTaken = Reflect.apply(write, socket, given)
    if (random.whole(1, 4) > 1) return isTaken
    setTimeout(() => socket.emit('drain'), random.whole(0, 20))
    return false
  }
  Object.defineProperty(socket, 'write', { value: reluctant })
}

/** Writes on some descriptors nothing, on some a part, and leaves the rest of it to their streams. */
export function writeReluctantly(random: Random, writeAll: WriteAll = loadNative() ?? writeEach): WriteAll {
  const one = new Int32Array(1)
  return (descriptors, bytes, taken) => {
    let short = 0
    for (const [at, descriptor] of descriptors.entries()) {
      const share = random.pick([0, random.next(), 1, 1, 1])
      writeAll(Int32Array.of(descriptor), bytes.subarray(0, Math.ceil(bytes.length * share)), one)
      taken[at] = one[0] ?? 0
      if ((one[0] ?? 0) < bytes.length) short += 1
    }
    return short
  }
}
