import { join } from 'node:path'
import { buildNative } from '../lib/native.ts'
import { bunProgram } from './bun-program.ts'
import { startFlightline } from './flightline.ts'
import { startNchan } from './nchan.ts'
import type { PeerKind } from './peer.ts'
import { startPiped } from './piped.ts'

const here = (file: string) => join(import.meta.dirname, file)

/** Everything that is measured. */
export const peerKinds: readonly PeerKind[] = [
  {
    name: 'flightline',
    what: 'the gateway of Flightline: follow sets, positions, conflation, metrics, reading its log',
    start: (_audience, source) => startFlightline(source),
  },
  {
    name: 'socketio',
    what: 'Socket.IO 4, WebSocket only, no compression',
    start: (audience) =>
      startPiped({
        ...{ command: process.execPath, args: [here('socketio-process.ts'), audience] },
        ...{ protocol: 'socketio', path: '/socket.io/?EIO=4&transport=websocket' },
      }),
  },
  ...(['naive', 'shared', 'batched'] as const).map((way) => ({
    name: `ws-${way}`,
    what: {
      naive: 'ws, JSON.stringify and send per client',
      shared: 'ws, one frame shared',
      batched: 'ws, shared frames, all of one tick in one write',
    }[way],
    start: () => startPiped({ command: process.execPath, args: [here('ws-process.ts'), way] }),
  })),
  {
    name: 'bun',
    what: 'Bun, publish and subscribe of its server',
    start: (audience) => startPiped({ command: bunProgram(), args: [here('bun-process.ts'), audience] }),
  },
  {
    name: 'nchan',
    what: 'nchan on nginx, one worker',
    start: (audience, source) => startNchan(audience, source.idSuffix),
  },
  ...(['send', 'tick'] as const).map((way) => ({
    name: `c-${way}`,
    what: `bound: C, one write per ${way === 'send' ? 'message' : 'tick'}`,
    start: async () => startPiped({ command: await buildNative('bound'), args: [way] }),
  })),
]
