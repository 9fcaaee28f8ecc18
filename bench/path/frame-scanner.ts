/** Takes what a socket received, in whatever pieces; calls back with the payload of each text message. */
export type FrameScanner = (chunk: Buffer) => void

const FINAL_TEXT = 0x81
const LONGEST_HEADER = 10
const EMPTY = Buffer.alloc(0)

interface Header {
  readonly isText: boolean
  readonly start: number
  readonly length: number
}

/**
 * Cuts a server's bytes into WebSocket messages (RFC 6455, 5.2: unmasked, unfragmented). A library would cost the
 * generator several times as much, and on two cores that is taken from the server that is being measured.
 * @param message - gets bytes that are valid only during the call
 */
export function createFrameScanner(message: (payload: Buffer) => void): FrameScanner {
  let rest = EMPTY
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (let header = readHeader(bytes, at); header; header = readHeader(bytes, at)) {
      const start = at + header.start
      const end = start + header.length
      if (end > bytes.length) break
      if (header.isText) message(bytes.subarray(start, end))
      at = end
    }
    // Copied, because the chunk's memory is used again for the next one.
    rest = at === bytes.length ? EMPTY : Buffer.from(bytes.subarray(at))
  }
}

function readHeader(bytes: Buffer, at: number): Header | undefined {
  const left = bytes.length - at
  if (left < 2) return undefined
  const isText = bytes[at] === FINAL_TEXT
  const short = (bytes[at + 1] ?? 0) & 0x7f
  if (short < 126) return { isText, start: 2, length: short }
  if (short === 126) return left < 4 ? undefined : { isText, start: 4, length: bytes.readUInt16BE(at + 2) }
  if (left < LONGEST_HEADER) return undefined
  return { isText, start: LONGEST_HEADER, length: Number(bytes.readBigUInt64BE(at + 2)) }
}
