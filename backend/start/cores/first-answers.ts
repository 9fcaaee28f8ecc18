import type { Metrics } from '../../../src/node/metrics/create-metrics.ts'
import { figuresSchema, type ProcessFigures } from '../../../src/node/metrics/merge-metrics.ts'
import type { HttpParts } from '../../http/parts.ts'
import type { Part, PartHealth } from '../../part.ts'
import { pendingSchema } from './answers.ts'
import type { Answers } from './calls.ts'
import type { Gateways } from './gateways.ts'

/** What the first process answers from. */
export interface FirstParts {
  /** The parts that run in it. */
  readonly parts: readonly Part[]
  /** How many gateways there are. */
  readonly count: number
  readonly metrics: Metrics
  /** `undefined` until they have started. */
  gateways(): Gateways | undefined
  readonly lookNow: HttpParts['lookNow']
  readonly sendConfirmation: HttpParts['sendConfirmation']
}

// Milliseconds. Each gateway asks for a look once a second; together they are to ask no more often than that.
const LOOK_EVERY = 1_000

/** The name of a gateway in the health report. */
function gatewayName(number: number): string {
  return `gateway-${number}`
}

/** Everything that gateways ask the first process. */
export function createFirstAnswers(first: FirstParts): Answers {
  let lookedAt = Number.NEGATIVE_INFINITY
  return {
    names: () => [...first.parts.map(({ name }) => name), 'push', ...numbers(first.count).map(gatewayName)],
    health: () => readHealth(first),
    metrics: () => collectFigures(first),
    confirm: (input) => first.sendConfirmation(pendingSchema.parse(input)),
    look() {
      const now = performance.now()
      if (now - lookedAt < LOOK_EVERY) return
      lookedAt = now
      first.lookNow()
    },
  }
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at + 1)
}

async function readHealth({ parts, gateways }: FirstParts): Promise<Record<string, PartHealth>> {
  const own = parts.map(async (part): Promise<[string, PartHealth]> => [part.name, await part.health()])
  const [entries, healths] = await Promise.all([Promise.all(own), gateways()?.healths() ?? new Map()])
  const each = [...healths].map(([number, health]): [string, PartHealth] => [gatewayName(number), health])
  return Object.fromEntries([...entries, ['push', sumUp([...healths.values()])], ...each])
}

const SUMMED = ['lag', 'sockets', 'followingAll', 'queuedBytes', 'handshakes'] as const

/** The push of all gateways together. */
function sumUp(healths: readonly PartHealth[]): PartHealth {
  const figure = (health: PartHealth, name: string) => Number(health[name] ?? 0)
  const sums = SUMMED.map((name) => [name, healths.reduce((sum, health) => sum + figure(health, name), 0)])
  const isUp = healths.some(({ status }) => status === 'ok')
  return {
    status: isUp ? 'ok' : 'down',
    ...Object.fromEntries(sums),
    age: Math.max(0, ...healths.map((health) => figure(health, 'age'))),
  }
}

async function collectFigures({ metrics, gateways }: FirstParts): Promise<readonly ProcessFigures[]> {
  const own = figuresSchema.parse(await metrics.registry.getMetricsAsJSON())
  const others = (await gateways()?.askAll('metrics')) ?? []
  return [
    { worker: 'first', figures: own },
    ...others.map(({ number, value }) => ({ worker: String(number), figures: figuresSchema.parse(value) })),
  ]
}
