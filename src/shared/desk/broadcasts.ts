import type { z } from 'zod'
import type { BroadcastProgress, sendBroadcastSchema } from '../api/schemas.ts'
import { type Audience, resolveAudience } from '../domain/audience.ts'
import type { Broadcast } from '../domain/broadcast.ts'
import type { Departure } from '../domain/departure.ts'
import { MINUTE } from '../domain/instant.ts'
import { type Actor, assertAllowed } from '../domain/role.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { DeskParts } from './parts.ts'

type BroadcastParts = Pick<DeskParts, 'stores' | 'board' | 'clock' | 'tokens'>

/** How many departures and passengers an audience holds, before anything is sent. */
export async function previewBroadcast(
  parts: BroadcastParts,
  actor: Actor,
  audience: Audience,
): Promise<{ departures: number; passengers: number }> {
  const departures = allowedAudience(parts, actor, audience)
  const ids = departures.map((departure) => departure.id)
  return { departures: ids.length, passengers: await parts.stores.bookings.countByDepartures(ids) }
}

/**
 * Sends a broadcast: stores it with its resolved audience; relay and notifier do the rest. Repeating the command
 * answers with the first broadcast.
 * @throws FlightlineError `FL_FORBIDDEN`, `FL_STATION_FOREIGN`, `FL_BROADCAST_EMPTY`, `FL_DEPARTURE_UNKNOWN`
 */
export async function sendBroadcast(
  parts: BroadcastParts,
  actor: Actor,
  command: z.output<typeof sendBroadcastSchema>,
): Promise<BroadcastProgress> {
  assertAllowed(actor, 'broadcast')
  const id = broadcastId(parts, actor, command.commandId)
  // Before the audience is looked at: it may be empty by now, and the first answer still holds.
  const first = await parts.stores.broadcasts.get(id)
  if (first) return readProgress(parts, first)
  const departures = allowedAudience(parts, actor, command.audience)
  const ids = departures.map((departure) => departure.id)
  const now = parts.clock.wall()
  const broadcast = await parts.stores.broadcasts.add({
    id,
    commandId: command.commandId,
    by: actor.name,
    audience: command.audience,
    departureIds: ids,
    text: command.text,
    severity: command.severity,
    channels: command.channels,
    createdAt: now,
    validUntil: now + command.validMinutes * MINUTE,
    passengers: await parts.stores.bookings.countByDepartures(ids),
  })
  return readProgress(parts, broadcast)
}

/** Follows from the command, so that a repetition finds the first broadcast. */
function broadcastId({ tokens }: BroadcastParts, actor: Actor, commandId: string): string {
  return tokens.hash(`broadcast:${actor.name}:${commandId}`).slice(0, 32)
}

/**
 * How far a broadcast has got.
 * @throws FlightlineError `FL_BROADCAST_UNKNOWN`
 */
export async function broadcastProgress(parts: BroadcastParts, id: string): Promise<BroadcastProgress> {
  const broadcast = await parts.stores.broadcasts.get(id)
  if (!broadcast) throw new FlightlineError('FL_BROADCAST_UNKNOWN', { id })
  return readProgress(parts, broadcast)
}

/** The latest broadcasts with their progress, newest first. */
export async function latestBroadcasts(parts: BroadcastParts): Promise<BroadcastProgress[]> {
  const latest = await parts.stores.broadcasts.latest(20)
  return Promise.all(latest.map((broadcast) => readProgress(parts, broadcast)))
}

async function readProgress(parts: BroadcastParts, broadcast: Broadcast): Promise<BroadcastProgress> {
  const { id, text, severity, by, createdAt, passengers } = broadcast
  const deliveries = await parts.stores.deliveries.countsByBroadcast(id)
  return { id, text, severity, by, createdAt, passengers, departures: broadcast.departureIds.length, deliveries }
}

/** A filter reaches only the actor's stations; a departure chosen by hand elsewhere is refused by name. */
function allowedAudience(parts: BroadcastParts, actor: Actor, audience: Audience): readonly Departure[] {
  assertAllowed(actor, 'broadcast')
  const departures = resolveAudience(audience, { departures: parts.board.all(), now: parts.clock.operational() })
  if ('flightIds' in audience) {
    for (const departure of departures) assertAllowed(actor, 'broadcast', departure.origin)
    return departures
  }
  const own = departures.filter(({ origin }) => actor.stations.includes('*') || actor.stations.includes(origin))
  if (own.length === 0) throw new FlightlineError('FL_BROADCAST_EMPTY')
  return own
}
