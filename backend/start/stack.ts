import type { Part } from '../part.ts'

/** Parts in the order in which they were started. */
export interface Stack {
  add<Started extends Part>(part: Started): Started
  readonly parts: readonly Part[]
  /** Closes them, the last first; one that fails does not keep the others from closing. */
  close(): Promise<void>
}

/**
 * Keeps what was started, so that whatever goes wrong in the middle of a start everything before it is closed again.
 * @param failed - told of a part that could not be closed
 */
export function createStack(failed: (name: string, error: unknown) => void): Stack {
  const parts: Part[] = []
  return {
    parts,
    add(part) {
      parts.push(part)
      return part
    },
    async close() {
      for (let part = parts.pop(); part; part = parts.pop()) {
        try {
          await part.close()
        } catch (error) {
          failed(part.name, error)
        }
      }
    },
  }
}
