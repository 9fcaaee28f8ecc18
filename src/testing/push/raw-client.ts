import { connect, type Socket } from 'node:net'
import type { ServerFrame } from '../../shared/api/push-frames.ts'

/** A client without the courtesies of a library: it answers no ping and no close, and sends what it is told to. */
export interface RawClient {
  readonly socket: Socket
  /** What came until now: the answer to the handshake, then frames. */
  received(): Received
}

/** Bytes of a server, taken apart. */
export interface Received {
  /** The answer to the handshake. */
  readonly head: string
  readonly frames: readonly ServerFrame[]
  /** Of its close frame. */
  readonly closeCode: number | undefined
}

const key = Buffer.alloc(16, 7).toString('base64')

/** A handshake as a browser writes it, with more headers if they are given. */
export function handshake(headers: readonly string[] = []): string {
  const lines = [
    ...['GET /ws HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'],
    ...['Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${key}`, ...headers],
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** How a raw client behaves. */
export interface RawOptions {
  /** Of its handshake, besides the usual ones. */
  readonly headers?: readonly string[]
  /** Keeps its side of the connection open when the server has ended the other. */
  readonly isStubborn?: boolean
}

/** Shakes hands; what is written next may already be frames. */
export function openRaw(port: number, { headers = [], isStubborn = false }: RawOptions = {}): RawClient {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: isStubborn })
  const parts: Buffer[] = []
  socket.on('error', () => undefined)
  socket.on('data', (part: Buffer) => parts.push(part))
  socket.write(handshake(headers))
  return { socket, received: () => takeApart(Buffer.concat(parts)) }
}

/**
 * A frame as a client sends it; the mask is zero, so the payload stays as it is.
 * @param first - its first byte: flags and opcode
 */
export function clientFrame(first: number, payload: Buffer | string): Buffer {
  const body = Buffer.from(payload)
  return Buffer.concat([Buffer.from([first]), encodeLength(body.length), Buffer.alloc(4), body])
}

function encodeLength(length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | length])
  const long = Buffer.alloc(length < 65_536 ? 3 : 9)
  long[0] = 0x80 | (length < 65_536 ? 126 : 127)
  long.writeUIntBE(length, long.length === 3 ? 1 : 3, long.length === 3 ? 2 : 6)
  return long
}

/** Takes the bytes of a server apart, as far as they have come. */
export function takeApart(stream: Buffer): Received {
  const headEnd = stream.indexOf('\r\n\r\n')
  const head = stream.toString('utf8', 0, headEnd < 0 ? stream.length : headEnd)
  const frames: ServerFrame[] = []
  for (let at = headEnd < 0 ? stream.length : headEnd + 4; at + 2 <= stream.length; ) {
    const [header, length] = measure(stream, at)
    if (at + header + length > stream.length) break
    const payload = stream.subarray(at + header, at + header + length)
    if (stream[at] === 0x88) return { head, frames, closeCode: payload.readUInt16BE(0) }
    if (stream[at] === 0x81) frames.push(JSON.parse(payload.toString()))
    at += header + length
  }
  return { head, frames, closeCode: undefined }
}

function measure(stream: Buffer, at: number): readonly [header: number, length: number] {
  const short = stream[at + 1] ?? 0
  if (short < 126) return [2, short]
  if (short === 126) return stream.length < at + 4 ? [4, 0] : [4, stream.readUInt16BE(at + 2)]
  return stream.length < at + 10 ? [10, 0] : [10, Number(stream.readBigUInt64BE(at + 2))]
}
