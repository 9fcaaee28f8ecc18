import type { Log } from '../../src/shared/ports/log.ts'
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

/** Starts something of many parts. Nothing is left running when one of them fails. */
export async function startOnStack<Started>(
  logger: Pick<Log, 'error'>,
  start: (stack: Stack) => Promise<Started>,
): Promise<Started> {
  const stack = createStack((name, error) => logger.error({ part: name, err: error }, 'a part did not close'))
  try {
    return await start(stack)
  } catch (error) {
    await stack.close()
    throw error
  }
}
