import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { ConsoleClient } from '../../renderer/api/console-client.ts'
import { TEST_PASSWORD } from '../services/backend.ts'

type LinkSocket = ConstructorParameters<typeof RPCLink>[0]['websocket']

/** A console on a backend, over its WebSocket. */
export interface ConsoleConnection {
  readonly client: ConsoleClient
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>
  close(): void
}

/** Signs in. @returns the cookie, which outlives restarts of the backend */
export async function signIn(url: string, name = 'admin', password = TEST_PASSWORD): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  })
  const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  if (!response.ok || !cookie) throw new Error(`sign-in answered ${response.status} ${await response.text()}`)
  return cookie
}

/** Opens a console's socket; rejects when it is refused or not there. */
export async function connectConsole(url: string, cookie: string): Promise<ConsoleConnection> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/console/rpc`, { headers: { cookie } })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve())
    socket.on('error', reject)
  })
  // Reason for the cast: Node's own socket cannot send a cookie, and this one differs in the types of options only.
  const client: ConsoleClient = createORPCClient(new RPCLink({ websocket: socket as unknown as LinkSocket }))
  return { client, closed, close: () => socket.terminate() }
}
