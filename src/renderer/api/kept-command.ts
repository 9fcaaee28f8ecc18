import { z } from 'zod'
import type { KeptCommand } from '../../shared/api/desktop-schemas.ts'
import * as schema from '../../shared/api/schemas.ts'
import { departureSchema } from '../../shared/events/departure-schema.ts'
import { plainInstant } from '../../shared/events/instant-schema.ts'
import type { Command } from './command.ts'

/** Why a command is not sent any more although it was never accepted. */
export interface Failure {
  readonly kind: 'refused' | 'expired'
  /** Why, for the person. */
  readonly words: string
}

/** What lies in a keeper for one command: itself, and how it ended if it waits to be put away. */
export interface KeptContent {
  readonly command: Command
  readonly failure?: Failure | undefined
}

const head = { id: true, revision: true, commandId: true, validUntil: true } as const

const bodySchema = z.discriminatedUnion('kind', [
  schema.setGateSchema.omit(head).extend({ kind: z.literal('setGate') }),
  schema.setDelaySchema.omit(head).extend({ kind: z.literal('setDelay') }),
  schema.setEstimateSchema.omit(head).extend({ kind: z.literal('setEstimate') }),
  schema.cancelSchema.omit(head).extend({ kind: z.literal('cancel') }),
  schema.reinstateSchema.omit(head).extend({ kind: z.literal('reinstate') }),
  schema.markBoardingSchema.omit(head).extend({ kind: z.literal('markBoarding') }),
  schema.markDepartureSchema.omit(head).extend({ kind: z.literal('markDeparture') }),
  schema.divertSchema.omit(head).extend({ kind: z.literal('divert') }),
])

const contentSchema: z.ZodType<KeptContent> = z.object({
  command: z.object({
    commandId: z.uuid(),
    base: departureSchema,
    body: bodySchema,
    owner: z.string(),
    madeAt: plainInstant,
    validUntil: plainInstant,
  }),
  failure: z.object({ kind: z.enum(['refused', 'expired']), words: z.string() }).optional(),
})

const textSchema = z.object({ version: z.literal(1), content: contentSchema })

/** Writes a command for a keeper. */
export function writeKept(content: KeptContent): KeptCommand {
  const { commandId, owner } = content.command
  const text = JSON.stringify({ version: 1, content })
  return { commandId, owner, text, ...(content.failure && { isOver: true }) }
}

/**
 * Reads what a keeper gives back. It may be damaged, or of another version of this program.
 * @returns `undefined` when it cannot be read, or belongs to another command or person than its cover says
 */
export function readKept({ commandId, owner, text }: KeptCommand): KeptContent | undefined {
  const content = textSchema.safeParse(parseJson(text)).data?.content
  const isItself = content?.command.commandId === commandId && content.command.owner === owner
  return isItself ? content : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not even JSON: unreadable, as anything else that fails the schema.
    return undefined
  }
}
