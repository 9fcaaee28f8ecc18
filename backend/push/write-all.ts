import { existsSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { findPackageRoot } from '../../src/node/config/package-root.ts'

/**
 * Writes the same bytes on many sockets, on each as much as it takes right now.
 * @param descriptors - of sockets that block nobody; a negative one is passed over
 * @param taken - at least as long; gets for each how many bytes it took: 0 as well when it is full, or at its end
 * @returns how many of them did not take everything
 */
export type WriteAll = (descriptors: Int32Array, bytes: Buffer, taken: Int32Array) => number

/** The same by Node's own means, a call for each socket. */
export const writeEach: WriteAll = (descriptors, bytes, taken) => {
  let short = 0
  for (const [at, descriptor] of descriptors.entries()) {
    const written = writeNow(descriptor, bytes)
    taken[at] = written
    if (written < bytes.length) short += 1
  }
  return short
}

function writeNow(descriptor: number, bytes: Buffer): number {
  if (descriptor < 0) return 0
  try {
    return writeSync(descriptor, bytes)
  } catch {
    // Full, or at its end: the stream that owns the descriptor finds out which.
    return 0
  }
}

/** Where `scripts/build.ts` puts the compiled helper for this kind of machine. */
export function nativePath(root: string = findPackageRoot()): string {
  return join(root, 'out', 'backend', 'native', `${process.platform}-${process.arch}.node`)
}

// Rises with what {@link WriteAll} promises: one that was built before it changed must not be taken for one of now.
const CONTRACT = 2

const nativeSchema = z.object({
  contract: z.literal(CONTRACT),
  writeAll: z.custom<WriteAll>((value) => typeof value === 'function'),
})

/** The compiled helper. @returns `undefined` where none was built, or it is for another kind of machine, or an older one */
export function loadNative(path: string = nativePath()): WriteAll | undefined {
  if (!existsSync(path)) return undefined
  try {
    return nativeSchema.parse(createRequire(import.meta.url)(path)).writeAll
  } catch {
    // For another C library, cut short, or of an older build: everything works without it, with a fifth more processor time.
    return undefined
  }
}
