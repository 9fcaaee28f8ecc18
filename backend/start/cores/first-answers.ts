import type { Metrics } from '../../../src/node/metrics/create-metrics.ts'
import { figuresSchema, type ProcessFigures } from '../../../src/node/metrics/merge-metrics.ts'
import type { HttpParts } from '../../http/parts.ts'
import type { Part, PartHealth } from '../../part.ts'
import { systemFigures } from '../../system/system-figures.ts'
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

// The process that runs what there is once.
const FIRST = 'first'

/** The name of a gateway in the health report. */
function gatewayName(number: number | string): string {
  return `gateway-${number}`
}

/** Everything that gateways ask the first process. */
export function createFirstAnswers(first: FirstParts): Answers {
  let lookedAt = Number.NEGATIVE_INFINITY
  return {
    names: () => [...first.parts.map(({ name }) => name), 'push', ...numbers(first.count).map(gatewayName)],
    health: () => readHealth(first),
    metrics: async () => collectFigures(first, await first.metrics.registry.getMetricsAsJSON(), 'metrics'),
    figures: async () => toPartNames(await collectFigures(first, await first.metrics.some(systemFigures), 'figures')),
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

/** @param question - what gateways answer with theirs */
async function collectFigures(
  { gateways }: FirstParts,
  own: unknown,
  question: 'metrics' | 'figures',
): Promise<readonly ProcessFigures[]> {
  const others = (await gateways()?.askAll(question)) ?? []
  return [
    { worker: FIRST, figures: figuresSchema.parse(own) },
    ...others.map(({ number, value }) => ({ worker: String(number), figures: figuresSchema.parse(value) })),
  ]
}

/** Processes are called what the health report calls them. */
function toPartNames(reports: readonly ProcessFigures[]): readonly ProcessFigures[] {
  return reports.map(({ worker, figures }) => ({
    worker: worker === FIRST ? FIRST : gatewayName(worker),
    figures,
  }))
}
