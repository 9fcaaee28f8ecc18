import type { Engine } from '../../src/node/engine/open-engine.ts'
import { isFlightlineError } from '../../src/shared/lib/errors.ts'
import type { Part } from '../part.ts'

// Longer than this and whoever asks for our health has given up on us.
const PATIENCE = 2_000

/**
 * Store and log as parts of the health report; they are opened and closed with the engine. Their `lag` is how long an
 * answer takes, their `age` how long ago the last one came, both in milliseconds.
 */
export function watchEngine({ stores, log }: Pick<Engine, 'stores' | 'log'>, patience = PATIENCE): readonly Part[] {
  const watch = (name: string, ask: () => Promise<unknown>) => watchPart({ name, ask, patience })
  return [watch('store', () => stores.ping()), watch('log', () => log.end('flight_updates'))]
}

interface Watched {
  readonly name: string
  readonly ask: () => Promise<unknown>
  readonly patience: number
}

function watchPart({ name, ask, patience }: Watched): Part {
  let answeredAt = performance.now()
  return {
    name,
    async health() {
      const askedAt = performance.now()
      const problem = await Promise.race([findProblem(ask), after(patience)])
      const now = performance.now()
      if (!problem) answeredAt = now
      const figures = { lag: Math.round(now - askedAt), age: Math.round(now - answeredAt) }
      return problem ? { status: 'down', ...figures, problem } : { status: 'ok', ...figures }
    },
    close: async () => undefined,
  }
}

function findProblem(ask: () => Promise<unknown>): Promise<string | undefined> {
  return ask().then(
    () => undefined,
    (error: unknown) => (isFlightlineError(error) ? error.code : 'FL_INTERNAL'),
  )
}

function after(milliseconds: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('no answer'), milliseconds).unref())
}
