import { z } from 'zod'
import type { Change, FactChange } from '../domain/change.ts'
import { type FactName, factNames } from '../domain/departure.ts'
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

const wireEnvelope = z.object(changeShape(wireInstant, anySides))

/** The JSON form of a change on the log; values of its fields are in wire form too. */
export type WireChange = z.input<typeof wireEnvelope>

const wireFacts = factShape(wireInstant)

/** Writes a change for the log. */
export function encodeChange(change: Change): WireChange {
  return {
    ...z.encode(wireEnvelope, change),
    fields: mapFields(change.fields, (schema, value) => z.encode(schema, value)),
  }
}

/**
 * Reads a change from the log.
 * @throws ZodError when it is not one
 */
export function decodeChange(wire: unknown): Change {
  const change = wireEnvelope.parse(wire)
  return { ...change, fields: mapFields(change.fields, (schema, value) => z.decode(schema, value)) }
}

// Values are typed by the fact they belong to, which a loop over names cannot express; the schema checks each of them.
type ValueCodec = (schema: z.ZodType<unknown, unknown>, value: unknown) => unknown

function mapFields(fields: Change['fields'], convert: ValueCodec): Change['fields'] {
  const entries = Object.entries(fields).map(([name, sides]) => [name, mapSides(name, sides, convert)] as const)
  return Object.fromEntries(entries)
}

function mapSides(name: string, sides: FactChange, convert: ValueCodec): FactChange {
  const schema = isFactName(name) ? wireFacts[name] : z.unknown()
  return {
    ...('from' in sides && { from: convert(schema, sides.from) }),
    ...('to' in sides && { to: convert(schema, sides.to) }),
  }
}

function isFactName(name: string): name is FactName {
  return Object.hasOwn(wireFacts, name)
}
