import { z } from 'zod'
import type { Change, FactChange } from '../domain/change.ts'
import { factNames } from '../domain/departure.ts'
import { publicReasons } from '../domain/public-reason.ts'
import { roles } from '../domain/role.ts'
import { factShape, sourceSchema } from './departure-schema.ts'
import { plainInstant, wireInstant } from './instant-schema.ts'

function changeShape<T extends z.ZodType<number>>(instant: T, sides: z.ZodType<FactChange>) {
  return {
    id: z.string(),
    departureId: z.string(),
    revision: z.number().int().min(1),
    source: sourceSchema,
    at: instant,
    operationalAt: instant,
    by: z.object({ name: z.string(), role: z.enum(roles) }).exactOptional(),
    commandId: z.string().exactOptional(),
    historical: z.literal(true).exactOptional(),
    fields: z.partialRecord(z.enum(factNames), sides),
    reason: z.enum(publicReasons).exactOptional(),
  }
}

const anySides: z.ZodType<FactChange> = z.object({ from: z.unknown().exactOptional(), to: z.unknown().exactOptional() })

/** A change between our own processes: instants as numbers. */
export const changeSchema: z.ZodType<Change> = z.object(changeShape(plainInstant, anySides))

const wireFacts = factShape(wireInstant)

/** The sides of a changed fact on the log are in the wire form of that fact. */
const wireFields: z.ZodType<Change['fields'], unknown> = z.strictObject(
  Object.fromEntries(
    Object.entries(wireFacts).map(([name, fact]) => {
      const side = fact instanceof z.ZodExactOptional ? fact : fact.exactOptional()
      return [name, z.object({ from: side, to: side }).exactOptional()]
    }),
  ),
)

/** A change on the log: instants as ISO 8601, in its fields too. */
export const wireChangeSchema = z.object({ ...changeShape(wireInstant, anySides), fields: wireFields })
