import { z } from 'zod'
import type { Broadcast } from '../domain/broadcast.ts'
import { channels } from '../domain/delivery.ts'
import { severities } from '../domain/notice.ts'
import { statuses } from '../domain/status.ts'
import type { LogMessage } from '../ports/event-log.ts'
import { type CloudEvent, readEnvelope, unreadable } from './cloud-event.ts'
import { formatInstant, wireInstant } from './instant-schema.ts'

/** Type of the event on `broadcasts`. */
const BROADCAST_SENT = 'flightline.broadcast.sent.v1'

/** The conditions of a filter. */
export const filterShape = {
  origin: z.string().optional(),
  destination: z.string().optional(),
  carrier: z.string().optional(),
  date: z.iso.date().optional(),
  status: z.enum(statuses).optional(),
  delayedAtLeast: z.number().int().min(0).optional(),
}

/** An audience, as a schema. */
const audienceSchema = z.union([
  z.object({ flightIds: z.array(z.string()).min(1).max(2000).readonly() }),
  z.object({ filter: z.object(filterShape) }),
])

const wireBroadcast = z.object({
  id: z.string(),
  commandId: z.string(),
  by: z.string(),
  audience: audienceSchema,
  departureIds: z.array(z.string()).readonly(),
  text: z.string(),
  severity: z.enum(severities),
  channels: z.array(z.enum(channels)).readonly(),
  createdAt: wireInstant,
  validUntil: wireInstant,
  passengers: z.number().int().min(0),
})

/** Writes the event of a broadcast: key and id = broadcast id. */
export function encodeBroadcastSent(broadcast: Broadcast): LogMessage {
  const event: CloudEvent<unknown> = {
    specversion: '1.0',
    id: broadcast.id,
    source: '/flightline/relay',
    type: BROADCAST_SENT,
    subject: broadcast.id,
    time: formatInstant(broadcast.createdAt),
    datacontenttype: 'application/json',
    data: z.encode(wireBroadcast, broadcast),
  }
  return { key: broadcast.id, id: broadcast.id, value: JSON.stringify(event) }
}

/**
 * Reads the event of a broadcast.
 * @throws FlightlineError `FL_EVENT_UNREADABLE`
 */
export function decodeBroadcastSent(text: string | undefined): Broadcast {
  const topic = 'broadcasts'
  const parsed = wireBroadcast.safeParse(readEnvelope(text, { topic, type: BROADCAST_SENT }))
  if (!parsed.success) throw unreadable(topic, parsed.error)
  return parsed.data
}
