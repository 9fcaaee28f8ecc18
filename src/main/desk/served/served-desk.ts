import { createORPCClient, DynamicLink } from '@orpc/client'
import { FlightlineError } from '../../../shared/lib/errors.ts'
import type { DeskClient, Upstream, UpstreamParts } from '../upstream.ts'
import { readServerAddress } from './server-address.ts'
import { startServerLine } from './server-line.ts'
import { createServerSignIn } from './server-sign-in.ts'

/**
 * The desk service of a backend, over one socket for all windows of this desktop.
 * @throws FlightlineError `FL_SERVER_INSECURE`
 */
export function startServedDesk(parts: UpstreamParts, serverUrl: string): Upstream {
  const base = readServerAddress(serverUrl)
  const server = createServerSignIn(base, parts)
  const line = startServerLine({ ...parts, base, probe: server.probe })
  const over: DeskClient = createORPCClient(new DynamicLink(async () => (await line.socket()).link))
  const client: DeskClient = {
    ...{ departures: over.departures, broadcasts: over.broadcasts, system: over.system },
    session: {
      current: async (_input, options) =>
        parts.session.token() === undefined ? null : over.session.current(undefined, options),
      signIn: (credentials) => server.signIn(credentials),
      async signOut() {
        await server.signOut()
        parts.session.end(new FlightlineError('FL_SESSION_MISSING'))
      },
    },
  }
  return { client: async () => client, failed: () => undefined, close: line.close }
}
