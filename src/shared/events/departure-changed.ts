import { z } from 'zod'
import type { Change } from '../domain/change.ts'
import type { Departure } from '../domain/departure.ts'
import type { LogMessage } from '../ports/event-log.ts'
import { changeSchema, decodeChange, encodeChange } from './change-schema.ts'
import { type CloudEvent, readEnvelope, unreadable } from './cloud-event.ts'
import { wireDepartureSchema } from './departure-schema.ts'
import { formatInstant } from './instant-schema.ts'

/** Type of the event on `flight_updates`. */
const DEPARTURE_CHANGED = 'flightline.departure.changed.v1'

/** A departure as it stands after a change, and the change. */
export interface DepartureChanged {
  readonly departure: Departure
  readonly change: Change
}

const wireData = z.object({ departure: wireDepartureSchema, change: z.unknown() })

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
    data: { departure: z.encode(wireDepartureSchema, departure), change: encodeChange(change) },
  }
  return { key: departure.id, id: change.id, value: JSON.stringify(event) }
}

/**
 * Reads the event of a change.
 * @throws FlightlineError `FL_EVENT_UNREADABLE` for whatever is not one
 */
export function decodeDepartureChanged(text: string | undefined): DepartureChanged {
  const topic = 'flight_updates'
  const data = readEnvelope(text, { topic, type: DEPARTURE_CHANGED })
  try {
    const { departure, change } = wireData.parse(data)
    return { departure, change: changeSchema.parse(decodeChange(change)) }
  } catch (cause) {
    if (cause instanceof z.ZodError) throw unreadable(topic, cause)
    throw cause
  }
}
