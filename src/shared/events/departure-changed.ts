import { z } from 'zod'
import type { Change } from '../domain/change.ts'
import type { Departure } from '../domain/departure.ts'
import type { LogMessage } from '../ports/event-log.ts'
import { wireChangeSchema } from './change-schema.ts'
import { type CloudEvent, eventSchema, openEnvelope, parseEvent, unreadable } from './cloud-event.ts'
import { wireDepartureSchema } from './departure-schema.ts'
import { formatInstant, readWireInstant, wireInstant } from './instant-schema.ts'
import { compileReader, UNSURE } from './quick-reader.ts'

/** Type of the event on `flight_updates`. */
const DEPARTURE_CHANGED = 'flightline.departure.changed.v1'

/** A departure as it stands after a change, and the change. */
export interface DepartureChanged {
  readonly departure: Departure
  readonly change: Change
}

const wireData = z.object({ departure: wireDepartureSchema, change: wireChangeSchema })

/** Twenty thousand events a second are nearly all right: only what is not is worth being told what is wrong with it. */
const readQuickly = compileReader(eventSchema(DEPARTURE_CHANGED, wireData), new Map([[wireInstant, readWireInstant]]))

/** Writes the event of a change: key = departure id, id = `<departure id>:<revision>`. */
export function encodeDepartureChanged({ departure, change }: DepartureChanged): LogMessage {
  const event: CloudEvent<unknown> = {
    specversion: '1.0',
    id: change.id,
    source: '/flightline/relay',
    type: DEPARTURE_CHANGED,
    subject: departure.id,
    time: formatInstant(change.at),
    datacontenttype: 'application/json',
    data: { departure: z.encode(wireDepartureSchema, departure), change: z.encode(wireChangeSchema, change) },
  }
  return { key: departure.id, id: change.id, value: JSON.stringify(event) }
}

/**
 * Reads the event of a change.
 * @throws FlightlineError `FL_EVENT_UNREADABLE` for whatever is not one
 */
export function decodeDepartureChanged(text: string | undefined): DepartureChanged {
  const topic = 'flight_updates'
  const event = parseEvent(text, topic)
  const quick = readQuickly(event)
  if (quick !== UNSURE) return quick.data
  const data = openEnvelope(event, { topic, type: DEPARTURE_CHANGED })
  try {
    return wireData.parse(data)
  } catch (cause) {
    if (cause instanceof z.ZodError) throw unreadable(topic, cause)
    throw cause
  }
}
