import { z } from 'zod'
import type { PublicHistoryEntry } from '../../src/shared/api/public-change.ts'
import type { PublicDeparture } from '../../src/shared/api/public-departure.ts'
import { publicReasons } from '../../src/shared/domain/public-reason.ts'
import { statuses } from '../../src/shared/domain/status.ts'
import { errorCatalogue } from '../../src/shared/lib/error-catalogue.ts'
import type { ErrorCode } from '../../src/shared/lib/errors.ts'

// These schemas document answers that are written as ready text; tests hold real answers against them.

const moment = z.iso.datetime().describe('UTC')
const reason = z.enum(publicReasons)

/** A departure, as `contract.md` names its fields. */
export const departureAnswer = z.strictObject({
  id: z.string(),
  carrier: z.string(),
  number: z.string(),
  suffix: z.string().exactOptional(),
  originDate: z.iso.date().describe('Scheduled date at the station of departure; a delay never moves it'),
  origin: z.string(),
  originZone: z.string().describe('IANA zone'),
  destination: z.string(),
  destinationZone: z.string().exactOptional(),
  codeshares: z.array(z.string()).readonly(),
  scheduledAt: moment,
  estimatedAt: moment.exactOptional(),
  boardingAt: moment.exactOptional(),
  finalCallAt: moment.exactOptional(),
  gateClosedAt: moment.exactOptional(),
  offBlockAt: moment.exactOptional(),
  takeOffAt: moment.exactOptional(),
  scheduledArrivalAt: moment.exactOptional(),
  estimatedArrivalAt: moment.exactOptional(),
  landedAt: moment.exactOptional(),
  inBlockAt: moment.exactOptional(),
  terminal: z.string().exactOptional(),
  gate: z.string().exactOptional(),
  stand: z.string().exactOptional(),
  aircraft: z
    .strictObject({ registration: z.string().exactOptional(), type: z.string().exactOptional() })
    .exactOptional(),
  status: z.enum(statuses),
  delayMinutes: z.number().int(),
  reason: reason.exactOptional(),
  cancelled: z.strictObject({ at: moment }).exactOptional(),
  diverted: z.strictObject({ airport: z.string().exactOptional(), at: moment }).exactOptional(),
  nextInformationAt: moment.exactOptional(),
  demo: z.boolean(),
  revision: z.number().int(),
  updatedAt: moment,
}) satisfies z.ZodType<PublicDeparture>

const cursor = z.string().describe('Opaque')

/** A page of departures. */
export const listAnswer = z.strictObject({
  flights: z.array(departureAnswer),
  cursor: cursor.exactOptional().describe('Asks for the next page; absent on the last one'),
})

/** What changed since a cursor. */
export const updatesAnswer = z.strictObject({ flights: z.array(departureAnswer), cursor })

/** The history of a departure. */
export const historyAnswer: z.ZodType<readonly PublicHistoryEntry[]> = z.array(
  z.strictObject({
    id: z.string(),
    revision: z.number().int(),
    fields: z.record(z.string(), z.object({ from: z.unknown().exactOptional(), to: z.unknown().exactOptional() })),
    reason: reason.exactOptional(),
    at: moment,
    operationalAt: moment.exactOptional().describe('On a replayed day: the same moment on its clock'),
  }),
)

/** Airports by code. */
export const placesAnswer = z.record(
  z.string(),
  z.object({ name: z.string(), city: z.string().optional(), zone: z.string().optional() }),
)

/** What became of an import. */
export const importAnswer = z.strictObject({
  accepted: z.number().int(),
  rejected: z.array(z.strictObject({ line: z.number().int(), code: z.string(), message: z.string() })),
})

/** The shape of every error. */
export const errorAnswer = z.strictObject({
  code: z.enum(codesOf(errorCatalogue)),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
})

function codesOf(catalogue: typeof errorCatalogue): [ErrorCode, ...ErrorCode[]] {
  // Reason for the cast: Object.keys forgets the names of a constant, which is never empty.
  return Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]]
}
