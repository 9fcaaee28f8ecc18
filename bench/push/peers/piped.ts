import { freePorts } from '../../../src/testing/services/free-port.ts'
import type { Protocol } from '../lib/fleet.ts'
import { awaitLine, startHelper } from '../lib/helper-process.ts'
import type { Change } from '../lib/source.ts'
import type { Peer } from './peer.ts'

/** A server that takes its changes on the standard input. */
export interface PipedServer {
  readonly command: string
  /** Before the port, which is the last one. */
  readonly args: readonly string[]
  readonly protocol?: Protocol
  readonly path?: string
}

/** Starts it; it says `listening` when it is. */
export async function startPiped({ command, args, protocol = 'text', path = '/' }: PipedServer): Promise<Peer> {
  const [port = 0] = await freePorts(1)
  const helper = startHelper({ command, args: [...args, String(port)], env: { NODE_ENV: 'production' } })
  await awaitLine(helper, (line) => line === 'listening')
  return {
    ...{ protocol, path, ports: [port], pids: [helper.pid] },
    publish: (changes) => helper.write(writeTick(changes)),
    [Symbol.asyncDispose]: helper[Symbol.asyncDispose],
  }
}

/** The changes of one moment: a line for each, and an empty one. */
function writeTick(changes: readonly Change[]): string {
  return `${changes.map(({ departure, text }) => `${departure}\t${text}\n`).join('')}\n`
}
