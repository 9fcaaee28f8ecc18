import { setTimeout as sleep } from 'node:timers/promises'
import type { FactsPatch } from '../../shared/domain/change.ts'

/** Changes that go on until they are stopped. */
export interface Changing extends AsyncDisposable {
  /** Resolves when the last one is published. */
  stop(): Promise<void>
}

// Across all runs, so that no gate is the one before.
let serial = 0

/** A gate that no flight was given yet. */
export function freshGate(): string {
  serial += 1
  return `C${serial}`
}

/** Changes one of these flights after the other, some hundred times a second, whether or not a gateway is there. */
export function startChanging(
  world: { edit(id: string, patch: FactsPatch): Promise<unknown> },
  ids: readonly string[],
): Changing {
  let isOver = false
  const running = (async () => {
    for (let turn = 0; !isOver; turn += 1) {
      await world.edit(ids[turn % ids.length] ?? '', { gate: freshGate() })
      await sleep(2)
    }
  })()
  const stop = async () => {
    isOver = true
    await running
  }
  return { stop, [Symbol.asyncDispose]: stop }
}
