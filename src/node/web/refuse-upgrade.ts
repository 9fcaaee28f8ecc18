import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FlightlineError } from '../../shared/lib/errors.ts'

/** Answers on a bare socket, where there is no response object: in the usual shape, and the connection ends. */
export function refuseUpgrade(socket: Duplex, error: FlightlineError): void {
  const body = JSON.stringify(error.toShape())
  const { seconds } = error.details
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? 'Refused'}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...(typeof seconds === 'number' ? [`retry-after: ${seconds}`] : []),
    'cache-control: no-store',
    'connection: close',
  ]
  // A client that never closes its side must not keep ours open.
  socket.once('finish', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
