import type { Engine } from '../../src/node/engine/open-engine.ts'
import type { Part } from '../part.ts'

// Longer than this and whoever asks for our health has given up on us.
const PATIENCE = 2_000

/** Store and log as parts of the health report; they are opened and closed with the engine. */
export function watchEngine({ stores, log }: Engine): readonly Part[] {
  return [watch('store', () => stores.ping()), watch('log', () => log.end('flight_updates'))]
}

function watch(name: string, ask: () => Promise<unknown>): Part {
  return {
    name,
    async health() {
      const startedAt = performance.now()
      const answered = await Promise.race([ask().then(() => true), after(PATIENCE)])
      const age = Math.round(performance.now() - startedAt)
      return answered ? { status: 'ok', latency: age } : { status: 'down', latency: age }
    },
    close: async () => undefined,
  }
}

function after(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), milliseconds).unref())
}
