import type { IncomingMessage } from 'node:http'
import { networkOf } from '../../src/node/web/network-of.ts'

/**
 * Whom limits are counted for. Behind a proxy it is the last one in `X-Forwarded-For`: our proxy wrote that itself, while
 * everything before it is what the client claimed.
 * @returns an IPv4 address, or the network of an IPv6 one
 */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  return networkOf(peerOf(request, trustProxy))
}

function peerOf(request: IncomingMessage, trustProxy: boolean): string {
  const own = request.socket.remoteAddress ?? 'unknown'
  if (!trustProxy) return own
  const header = request.headers['x-forwarded-for']
  const last = (Array.isArray(header) ? header.join(',') : header)?.split(',').at(-1)?.trim()
  return last || own
}
