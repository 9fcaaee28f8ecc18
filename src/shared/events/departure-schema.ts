import { z } from 'zod'
import { cancellationReasons } from '../domain/cancellation.ts'
import type { Departure } from '../domain/departure.ts'
import { factNames } from '../domain/departure.ts'
import { plainInstant, wireInstant } from './instant-schema.ts'

/** Sources of a fact, as a schema. */
export const sourceSchema = z.enum(['schedule', 'feed', 'desk', 'import', 'external'])

/** One coded share of a delay. */
export const delayReasonSchema = z.object({
  scheme: z.literal('AHM730'),
  code: z.string().regex(/^(\d{2}|[A-Za-z]{2})$/),
  sub: z
    .string()
    .regex(/^[A-Z]$/)
    .exactOptional(),
  minutes: z.number().int().min(1),
})

/** Keys of the reasons for a cancellation. */
export const cancellationReasonSchema = z.literal(keysOf(cancellationReasons))

function keysOf<T extends object>(record: T): (keyof T & string)[] {
  // Reason for the cast: Object.keys is typed string[] because a value may have more keys than its type; a constant has not.
  return Object.keys(record) as (keyof T & string)[]
}

/**
 * Schemas of all facts, over one schema for instants, so that the wire form and the plain form cannot drift apart.
 * @param instant - {@link wireInstant} or {@link plainInstant}
 */
export function factShape<T extends z.ZodType<number>>(instant: T) {
  const place = z.string().regex(/^[A-Z0-9]{1,6}$/)
  return {
    scheduledAt: instant,
    estimatedAt: instant.exactOptional(),
    feedEstimatedAt: instant.exactOptional(),
    boardingAt: instant.exactOptional(),
    finalCallAt: instant.exactOptional(),
    gateClosedAt: instant.exactOptional(),
    offBlockAt: instant.exactOptional(),
    takeOffAt: instant.exactOptional(),
    returnedAt: instant.exactOptional(),
    scheduledArrivalAt: instant.exactOptional(),
    estimatedArrivalAt: instant.exactOptional(),
    landedAt: instant.exactOptional(),
    inBlockAt: instant.exactOptional(),
    terminal: place.exactOptional(),
    gate: place.exactOptional(),
    stand: place.exactOptional(),
    aircraft: z.object({ registration: z.string().exactOptional(), type: z.string().exactOptional() }).exactOptional(),
    delays: z.array(delayReasonSchema).readonly().exactOptional(),
    cancelled: z.object({ at: instant, reason: cancellationReasonSchema.exactOptional() }).exactOptional(),
    diverted: z.object({ airport: z.string().exactOptional(), at: instant }).exactOptional(),
    nextInformationAt: instant.exactOptional(),
    conflicts: z
      .array(
        z.object({ kind: z.literal('OFF_BLOCK_WHILE_CANCELLED'), value: instant, source: sourceSchema, at: instant }),
      )
      .readonly()
      .exactOptional(),
    remark: z.string().exactOptional(),
  }
}

function departureShape<T extends z.ZodType<number>>(instant: T) {
  const origin = z.object({ source: sourceSchema, at: instant, by: z.string().exactOptional() })
  return {
    id: z.string(),
    carrier: z.string(),
    number: z.string(),
    suffix: z.string(),
    originDate: z.iso.date(),
    origin: z.string(),
    originZone: z.string(),
    destination: z.string(),
    destinationZone: z.string().exactOptional(),
    codeshares: z.array(z.string()).readonly(),
    demo: z.boolean(),
    ...factShape(instant),
    sources: z.partialRecord(z.enum(factNames), origin),
    revision: z.number().int().min(1),
    updatedAt: instant,
  }
}

/** A departure on the log and in outside programs: instants as ISO 8601. */
export const wireDepartureSchema = z.object(departureShape(wireInstant))

/** A departure between our own processes: instants as numbers. */
export const departureSchema: z.ZodType<Departure> = z.object(departureShape(plainInstant))
