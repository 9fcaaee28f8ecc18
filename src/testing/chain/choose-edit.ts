import type { z } from 'zod'
import type {
  cancelSchema,
  commandSchema,
  reinstateSchema,
  setDelaySchema,
  setGateSchema,
} from '../../shared/api/schemas.ts'
import type { CancellationReason } from '../../shared/domain/cancellation.ts'
import { delayMinutes } from '../../shared/domain/delay.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { MINUTE } from '../../shared/domain/instant.ts'
import type { Random } from './random.ts'

type Command = keyof z.input<typeof commandSchema>
type Input<Schema extends z.ZodType> = Omit<z.input<Schema>, Command>

/** What a desk does to one departure; revision and command id are added when it is sent. */
export type ChosenEdit =
  | { readonly call: 'setGate'; readonly input: Input<typeof setGateSchema> }
  | { readonly call: 'setDelay'; readonly input: Input<typeof setDelaySchema> }
  | { readonly call: 'cancel'; readonly input: Input<typeof cancelSchema> }
  | { readonly call: 'reinstate'; readonly input: Input<typeof reinstateSchema> }

const gates = ['B12', 'C1', 'C2', 'C7', 'D4', 'D9', 'E15', 'A3'] as const
const minutes = [0, 5, 10, 20, 35, 50, 75, 120] as const
const codes = ['63', '41', '71', '93'] as const
const cancellations = ['CREW', 'TECH', 'WEAT'] as const satisfies readonly CancellationReason[]

/** Chooses what a desk may do now, and what surely changes something: an edit without effect makes no revision. */
export function chooseEdit(departure: Departure, random: Random): ChosenEdit {
  if (departure.cancelled) return chooseReinstatement(departure, random)
  const chance = random.next()
  if (chance < 0.45) return { call: 'setGate', input: { gate: random.pick(otherThan(gates, departure.gate)) } }
  if (chance < 0.88) return chooseDelay(departure, random)
  return { call: 'cancel', input: { reason: random.pick(cancellations) } }
}

function chooseReinstatement(departure: Departure, random: Random): ChosenEdit {
  const estimatedAt = departure.scheduledAt + random.pick([30, 60, 90] as const) * MINUTE
  return { call: 'reinstate', input: random.next() < 0.5 ? { estimatedAt } : {} }
}

function chooseDelay(departure: Departure, random: Random): ChosenEdit {
  const isOpen = departure.estimatedAt === undefined && departure.nextInformationAt !== undefined
  if (!isOpen && random.next() < 0.1) {
    const nextInformationAt = departure.scheduledAt + random.whole(1, 90) * MINUTE
    return { call: 'setDelay', input: { delay: { nextInformationAt }, reasons: [] } }
  }
  const delay = random.pick(otherThan(minutes, isOpen ? undefined : delayMinutes(departure)))
  return { call: 'setDelay', input: { delay: { minutes: delay }, reasons: share(delay, random) } }
}

/** Reasons whose minutes add up. */
function share(delay: number, random: Random) {
  if (delay === 0) return []
  const [first, second] = [random.pick(codes), random.pick(codes)]
  const part = random.whole(1, delay)
  const shares = [
    { code: first, minutes: part },
    { code: second, minutes: delay - part },
  ]
  return shares.filter((reason) => reason.minutes > 0).map((reason) => ({ scheme: 'AHM730' as const, ...reason }))
}

function otherThan<Item>(items: readonly Item[], present: unknown): readonly Item[] {
  return items.filter((item) => item !== present)
}
