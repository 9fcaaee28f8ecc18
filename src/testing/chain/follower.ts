import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientFrame } from '../../shared/api/push-frames.ts'
import { connectPush } from '../push/push-client.ts'
import { createPassengerScreen, type PassengerScreen } from './passenger-screen.ts'

/** A passenger's page that follows through everything. */
export interface Follower {
  readonly screen: PassengerScreen
  /** How often it had to connect. */
  connections(): number
  close(): Promise<void>
}

/** How it follows: everything from where it was, or chosen flights by the revisions that it shows. */
export type FollowBy = 'position' | 'revisions'

const PAUSE = 100

interface FollowerState {
  isClosed: boolean
  connections: number
  end: (() => void) | undefined
}

/**
 * Follows until it is closed, and reconnects whenever the socket ends.
 * @param flights - needed for `revisions`
 */
export function startFollower(url: string, by: FollowBy, flights: readonly string[] = []): Follower {
  const screen = createPassengerScreen()
  const state: FollowerState = { isClosed: false, connections: 0, end: undefined }
  const running = (async () => {
    while (!state.isClosed) {
      await followOnce()
      if (!state.isClosed) await sleep(PAUSE)
    }
  })()

  async function followOnce(): Promise<void> {
    const client = await connectPush(`${url.replace('http', 'ws')}/ws`).catch(() => undefined)
    if (!client) return
    state.connections += 1
    state.end = () => client.socket.terminate()
    for (const frame of client.frames) screen.receive(frame)
    client.socket.on('message', () => {
      const frame = client.frames.at(-1)
      if (frame) screen.receive(frame)
    })
    client.send(followFrame(screen, by, flights))
    if (state.isClosed) client.socket.terminate()
    await client.ended
  }

  return {
    screen,
    connections: () => state.connections,
    async close() {
      state.isClosed = true
      state.end?.()
      await running
    },
  }
}

function followFrame(screen: PassengerScreen, by: FollowBy, flights: readonly string[]): ClientFrame {
  if (by === 'revisions') {
    const known = flights.map((id) => [id, screen.departures.get(id)?.revision ?? 0] as const)
    return { op: 'follow', flights: Object.fromEntries(known) }
  }
  const since = screen.position()
  return { op: 'follow', all: true, ...(since !== undefined && { since }) }
}
