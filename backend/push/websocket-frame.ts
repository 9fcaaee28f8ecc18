import { constants, deflateRawSync } from 'node:zlib'

const FINAL_TEXT = 0x81
const FINAL_TEXT_COMPRESSED = 0xc1
const FINAL_PING = 0x89
const FINAL_PONG = 0x8a

/**
 * Writes a text message as one WebSocket frame (RFC 6455, 5.2), unmasked as servers do. Built once and written to many
 * sockets as it is, past the sender of `ws`, which would make a header for each of them.
 */
export function encodeTextFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = headerLength(length)
  const frame = Buffer.allocUnsafeSlow(header + length)
  writeHeader(frame, FINAL_TEXT, length)
  frame.write(text, header)
  return frame
}

/**
 * How far back compressed text refers, as a power of two of bytes. Some clients offer to remember no more than this; who
 * offers less gets nothing compressed.
 */
export const COMPRESSION_WINDOW = 12

// An empty block, with which every flushed stream ends, and which goes without saying (RFC 7692, 7.2.1).
const TAIL_BYTES = 4

/**
 * The same message compressed, for sockets that agreed to `permessage-deflate` without context takeover (RFC 7692).
 * @param frame - made by {@link encodeTextFrame}
 */
export function compressTextFrame(frame: Buffer): Buffer {
  const text = frame.subarray(readHeaderLength(frame))
  const deflated = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH, windowBits: COMPRESSION_WINDOW })
  const payload = deflated.subarray(0, deflated.length - TAIL_BYTES)
  const header = Buffer.alloc(headerLength(payload.length))
  writeHeader(header, FINAL_TEXT_COMPRESSED, payload.length)
  return Buffer.concat([header, payload])
}

function readHeaderLength(frame: Buffer): number {
  const length = frame[1] ?? 0
  if (length < 126) return 2
  return length === 126 ? 4 : 10
}

/** A ping without a payload; the same bytes for every socket. */
export const pingFrame = encodeControlFrame(FINAL_PING, Buffer.alloc(0))

/** The answer to a client's ping. */
export function encodePongFrame(payload: Buffer): Buffer {
  return encodeControlFrame(FINAL_PONG, payload)
}

function encodeControlFrame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([opcode, payload.length]), payload])
}

function headerLength(length: number): number {
  if (length < 126) return 2
  return length < 65_536 ? 4 : 10
}

function writeHeader(frame: Buffer, opcode: number, length: number): void {
  frame[0] = opcode
  if (length < 126) {
    frame[1] = length
  } else if (length < 65_536) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
}
