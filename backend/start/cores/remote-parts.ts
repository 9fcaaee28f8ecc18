import { z } from 'zod'
import type { Part } from '../../part.ts'
import { healthsSchema } from './answers.ts'
import type { Calls } from './calls.ts'

/**
 * The parts that run elsewhere, for this process's health report.
 * @param first - the process that knows them all
 */
export async function findRemoteParts(first: Calls): Promise<readonly Part[]> {
  const names = z.array(z.string()).parse(await first.ask('names'))
  let asking: Promise<z.output<typeof healthsSchema>> | undefined
  // Every part is asked for itself, all at the same time: one question is enough for them.
  const askOnce = () => {
    asking ??= first
      .ask('health')
      .then((answer) => healthsSchema.parse(answer))
      .finally(() => {
        asking = undefined
      })
    return asking
  }
  return names.map((name) => ({
    name,
    health: async () => (await askOnce())[name] ?? { status: 'down', problem: 'no answer' },
    close: async () => undefined,
  }))
}
