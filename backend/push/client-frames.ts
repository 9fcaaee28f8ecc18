import { type ClientFrame, clientFrameSchema } from '../../src/shared/api/push-frames.ts'
import { FlightlineError } from '../../src/shared/lib/errors.ts'
import { type Client, closeClient, takeToken } from './client.ts'
import { followAll, followFlights } from './follow.ts'
import { errorFrame } from './frames.ts'
import type { Gateway } from './gateway.ts'
import { hasAnswers, send } from './link.ts'
import { FULL_SNAPSHOT } from './snapshots.ts'

/** Handles one message of a client; `undefined` stands for one that is not text. */
export function handleMessage(gateway: Gateway, client: Client, text: string | undefined): void {
  const mayGoOn = takeToken(client, gateway.limits, performance.now())
  const frame = mayGoOn ? parseFrame(text) : new FlightlineError('FL_RATE_LIMITED', { seconds: 1 })
  if (frame instanceof FlightlineError) refuseFrame(gateway, client, frame)
  else if (frame.op === 'unfollow') unfollow(gateway, client, frame)
  else if ('all' in frame) followAll(gateway, client, frame.since)
  else followFlights(gateway, client, new Map(Object.entries(frame.flights)))
}

function parseFrame(text: string | undefined): ClientFrame | FlightlineError {
  if (text === undefined) return new FlightlineError('FL_FRAME_INVALID', { problem: 'not text' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return new FlightlineError('FL_FRAME_INVALID', { problem: 'not JSON' })
  }
  const parsed = clientFrameSchema.safeParse(value)
  return parsed.success ? parsed.data : new FlightlineError('FL_FRAME_INVALID', { problem: 'unknown op or fields' })
}

function refuseFrame({ limits }: Gateway, client: Client, error: FlightlineError): void {
  client.violations += 1
  send(client.link, errorFrame(error))
  if (client.violations >= limits.violations) closeClient(client, 'invalid')
}

function unfollow({ followers }: Gateway, client: Client, frame: ClientFrame & { op: 'unfollow' }): void {
  if ('all' in frame) {
    client.pendingAll = undefined
    // An answer that waits covers what would not be sent before it any more: who comes back is answered anew.
    if (client.followsAll && hasAnswers(client.link, FULL_SNAPSHOT)) client.link.parts.giveUp()
    followers.unfollowAll(client)
    return
  }
  for (const id of frame.flights) {
    followers.unfollow(client, id)
    for (const asked of client.pendingFlights) asked.delete(id)
  }
}
