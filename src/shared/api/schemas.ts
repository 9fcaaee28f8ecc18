import { z } from 'zod'
import { MAX_BROADCAST_LENGTH } from '../domain/broadcast.ts'
import { channels, deliveryStates } from '../domain/delivery.ts'
import { isDepartureId } from '../domain/departure-id.ts'
import { severities } from '../domain/notice.ts'
import { roles } from '../domain/role.ts'
import { filterShape } from '../events/broadcast-sent.ts'
import { changeSchema } from '../events/change-schema.ts'
import { cancellationReasonSchema, delayReasonSchema, departureSchema } from '../events/departure-schema.ts'
import { plainInstant } from '../events/instant-schema.ts'

/** A departure id, checked for its form. */
export const departureIdSchema = z.string().max(40).refine(isDepartureId, 'not a departure id')

/** What every command carries: on which revision it is based, and an id that makes a retry harmless. */
export const commandSchema = z.object({
  id: departureIdSchema,
  /** The revision that the person saw. */
  revision: z.number().int().min(1),
  commandId: z.uuid(),
  /** The last moment (the service's wall clock) at which it may be executed; a queued command must not come too late. */
  validUntil: plainInstant.optional(),
})

const place = z.string().trim().min(1).max(8)

/** `departures.setGate`: `null` clears. */
export const setGateSchema = commandSchema.extend({
  gate: place.nullable(),
  terminal: place.nullable().optional(),
  stand: place.nullable().optional(),
})

/**
 * `departures.setDelay`: minutes after schedule (0 clears it), or no firm time with the moment of the next information.
 */
export const setDelaySchema = commandSchema.extend({
  delay: z.union([z.object({ minutes: z.number().int() }), z.object({ nextInformationAt: plainInstant })]),
  reasons: z.array(delayReasonSchema).max(8),
  remark: z.string().trim().max(500).optional(),
})

/** `departures.setEstimate`: `null` clears. Reasons follow when they are known. */
export const setEstimateSchema = commandSchema.extend({ estimatedAt: plainInstant.nullable() })

/** `departures.cancel`. */
export const cancelSchema = commandSchema.extend({
  reason: cancellationReasonSchema,
  remark: z.string().trim().max(500).optional(),
})

/** `departures.reinstate`: with a new estimate where there is one. */
export const reinstateSchema = commandSchema.extend({ estimatedAt: plainInstant.optional() })

/** `departures.markBoarding`: `at` defaults to the operational clock; `null` takes the mark back. */
export const markBoardingSchema = commandSchema.extend({
  stage: z.enum(['BOARDING', 'FINAL_CALL', 'GATE_CLOSED']),
  at: plainInstant.nullable().optional(),
})

/** `departures.markDeparture`. */
export const markDepartureSchema = commandSchema.extend({
  event: z.enum(['OFF_BLOCK', 'TAKE_OFF', 'RETURNED']),
  at: plainInstant.optional(),
})

/** `departures.divert`. */
export const divertSchema = commandSchema.extend({ airport: z.string().regex(/^[A-Z]{3}$/) })

/** The answer to a command: the departure as it is now, and the revision that this command made. */
export const commandAnswerSchema = z.object({ departure: departureSchema, revision: z.number().int() })

/** The answer to a command. */
export type CommandAnswer = z.output<typeof commandAnswerSchema>

/** Both clocks, as every screen shows them. */
export const clockSchema = z.object({ wall: plainInstant, operational: plainInstant, rate: z.number() })

/** A reading of both clocks. */
export type ClockReading = z.output<typeof clockSchema>

/** Whether changes reach the outside, as the desk shows it. */
const publishingSchema = z.object({
  /** Changes accepted and not yet on the log. */
  unpublished: z.number().int(),
  /** Age of the oldest of them in milliseconds. */
  oldestAge: z.number(),
})

/** What flows to an open board. The first message is always a `snapshot`. */
export const boardMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), departures: z.array(departureSchema), clock: clockSchema }),
  z.object({
    type: z.literal('changes'),
    changes: z.array(z.object({ departure: departureSchema, change: changeSchema })),
  }),
  z.object({ type: z.literal('pulse'), clock: clockSchema, publishing: publishingSchema }),
])

/** A message to an open board. */
export type BoardMessage = z.output<typeof boardMessageSchema>

/** How many deliveries stand where. */
const deliveryCountsSchema = z.record(z.enum(deliveryStates), z.number().int())

/** One line of a departure's history: the change, what was decided about telling, and how far that got. */
export const historyEntrySchema = z.object({
  change: changeSchema,
  decision: z.object({ outcome: z.enum(['told', 'merged', 'silent']), reason: z.string() }).optional(),
  deliveries: deliveryCountsSchema.optional(),
})

/** A line of a departure's history. */
export type HistoryEntry = z.output<typeof historyEntrySchema>

/**
 * An audience as it may be asked for. Strict, because a condition that is misspelt and dropped would widen a filter to
 * every passenger of the station.
 */
export const audienceSchema = z.union([
  z.strictObject({ flightIds: z.array(departureIdSchema).min(1).max(2000).readonly() }),
  z.strictObject({ filter: z.strictObject(filterShape) }),
])

/** `broadcasts.preview` and the audience part of `broadcasts.send`. */
export const previewSchema = z.object({ audience: audienceSchema })

/** How many an audience holds. */
export const previewAnswerSchema = z.object({ departures: z.number().int(), passengers: z.number().int() })

/** `broadcasts.send`. */
export const sendBroadcastSchema = z.object({
  commandId: z.uuid(),
  audience: audienceSchema,
  text: z.string().trim().min(1).max(MAX_BROADCAST_LENGTH),
  severity: z.enum(severities),
  channels: z.array(z.enum(channels)).min(1),
  /** From now on the wall clock. */
  validMinutes: z
    .number()
    .int()
    .min(5)
    .max(24 * 60),
})

/** Progress of a broadcast. */
export const broadcastProgressSchema = z.object({
  id: z.string(),
  text: z.string(),
  severity: z.enum(severities),
  by: z.string(),
  createdAt: plainInstant,
  departures: z.number().int(),
  passengers: z.number().int(),
  deliveries: deliveryCountsSchema,
})

/** Progress of a broadcast. */
export type BroadcastProgress = z.output<typeof broadcastProgressSchema>

/** The signed-in person. */
export const actorSchema = z.object({ name: z.string(), role: z.enum(roles), stations: z.array(z.string()).readonly() })

/** Name and password. */
export const signInSchema = z.object({
  name: z.string().trim().toLowerCase().min(1).max(64),
  password: z.string().min(1).max(200),
})
