import { type CancellationReason, isCancellationReason } from '../../../src/shared/domain/cancellation.ts'
import type { Aircraft, DepartureFacts, DepartureIdentity } from '../../../src/shared/domain/departure.ts'
import { formatDepartureId } from '../../../src/shared/domain/departure-id.ts'
import { normalizeGate } from '../../../src/shared/domain/gate.ts'
import { DAY, type Instant } from '../../../src/shared/domain/instant.ts'
import { localDate } from '../../../src/shared/lib/zone-time.ts'
import type { Reference } from '../reference/reference-data.ts'
import {
  type Cells,
  cellError,
  cellForms,
  needCell,
  readDate,
  readForm,
  readMoment,
  readOptional,
  readZone,
} from './cells.ts'
import type { DepartureColumn } from './columns.ts'

/** One departure as a file describes it. */
export interface ImportedDeparture {
  readonly identity: DepartureIdentity
  /** Facts that are simply as the file says. */
  readonly facts: Pick<DepartureFacts, 'scheduledAt'> & Partial<DepartureFacts>
  /** These need a look at the present state first. */
  readonly estimatedAt?: Instant
  readonly cancelled?: { readonly reason?: CancellationReason } | false
}

type Row = Cells<DepartureColumn>

/**
 * Reads one row.
 * @throws FlightlineError `FL_CSV_ROW` or `FL_GATE_INVALID`
 */
export function readDepartureRow(cells: Row, reference: Reference): ImportedDeparture {
  const identity = readIdentity(cells, reference)
  const cancelled = readCancelled(cells.cancelled)
  const estimate = cells.estimated_departure
  return {
    identity,
    facts: {
      ...readSchedule(cells, identity),
      ...readPlaces(cells),
      ...readAircraft(cells),
    },
    ...(estimate && { estimatedAt: readMoment(estimate, 'estimated_departure', identity.originZone) }),
    ...(cancelled !== undefined && { cancelled }),
  }
}

function readIdentity(cells: Row, reference: Reference): DepartureIdentity {
  const carrier = readForm(needCell(cells, 'carrier'), 'carrier', cellForms.carrier)
  const number = String(Number(readForm(needCell(cells, 'number'), 'number', cellForms.number)))
  const suffix = readOptional(cells, 'suffix', cellForms.suffix) ?? ''
  const originDate = readDate(needCell(cells, 'origin_date'), 'origin_date')
  const origin = readForm(needCell(cells, 'origin'), 'origin', cellForms.airport)
  const destination = readForm(needCell(cells, 'destination'), 'destination', cellForms.airport)
  const sequence = Number(readOptional(cells, 'sequence', cellForms.sequence) ?? 1)
  const destinationZone =
    zoneOf(cells.destination_zone, 'destination_zone') ?? reference.airports.get(destination)?.zone
  const originZone = zoneOf(cells.origin_zone, 'origin_zone') ?? reference.airports.get(origin)?.zone
  if (originZone === undefined) throw cellError('origin', `the zone of ${origin} is not known; give origin_zone`)
  const key = { carrier, number, suffix, originDate, origin }
  return {
    id: formatDepartureId({ ...key, sequence }),
    ...key,
    originZone,
    destination,
    ...(destinationZone && { destinationZone }),
    codeshares: readCodeshares(cells.codeshares),
    demo: false,
  }
}

function zoneOf(text: string | undefined, column: DepartureColumn): string | undefined {
  return text === undefined ? undefined : readZone(text, column)
}

function readCodeshares(text: string | undefined): readonly string[] {
  const names = text?.split(/[\s;/|]+/).filter((name) => name !== '') ?? []
  return [...new Set(names.map((name) => readForm(name, 'codeshares', cellForms.flightNumber)))]
}

function readSchedule(cells: Row, { originZone, originDate, destinationZone }: DepartureIdentity) {
  const scheduledAt = readMoment(needCell(cells, 'scheduled_departure'), 'scheduled_departure', originZone)
  const days = Math.abs(Date.parse(localDate(originZone, scheduledAt)) - Date.parse(originDate)) / DAY
  // A flight through midnight may carry the date of an earlier leg; more than that is a slip of the file.
  if (days > 1) throw cellError('scheduled_departure', `lies ${days} days from origin_date`)
  const arrival = cells.scheduled_arrival
  if (!arrival) return { scheduledAt }
  const scheduledArrivalAt = readMoment(arrival, 'scheduled_arrival', destinationZone)
  if (scheduledArrivalAt <= scheduledAt || scheduledArrivalAt > scheduledAt + DAY) {
    throw cellError('scheduled_arrival', 'is not within a day after scheduled_departure')
  }
  return { scheduledAt, scheduledArrivalAt }
}

function readPlaces({ terminal, gate, stand }: Row): Pick<DepartureFacts, 'terminal' | 'gate' | 'stand'> {
  return {
    ...(terminal && { terminal: normalizeGate(terminal) }),
    ...(gate && { gate: normalizeGate(gate) }),
    ...(stand && { stand: normalizeGate(stand) }),
  }
}

function readAircraft(cells: Row): { readonly aircraft?: Aircraft } {
  const registration = readOptional(cells, 'registration', cellForms.registration)
  const type = readOptional(cells, 'aircraft_type', cellForms.aircraftType)
  if (!registration && !type) return {}
  return { aircraft: { ...(registration && { registration }), ...(type && { type }) } }
}

const yes = ['YES', 'Y', 'TRUE', '1', 'X']
const no = ['NO', 'N', 'FALSE', '0']

function readCancelled(text: string | undefined): ImportedDeparture['cancelled'] {
  if (text === undefined) return undefined
  const word = text.toUpperCase()
  if (yes.includes(word)) return {}
  if (no.includes(word)) return false
  if (isCancellationReason(word)) return { reason: word }
  throw cellError('cancelled', `"${text.slice(0, 20)}" is neither yes nor no nor the reason of a cancellation`)
}
