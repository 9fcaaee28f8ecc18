import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { createFrameScanner } from './frame-scanner.ts'

// One buffer for all sockets: what is received is read before the next socket has its turn.
const received = Buffer.alloc(256 * 1024)
const END_OF_HEAD = '\r\n\r\n'

/**
 * Opens a socket that follows every flight; resolves when the snapshot is there, from where on each change comes as a
 * message of its own.
 * @param message - gets the payload of each message after the snapshot
 */
export function openRawFollower(url: URL, message: (payload: Buffer) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let isFollowing = false
    const scan = createFrameScanner((payload) => {
      if (isFollowing) message(payload)
      else if (payload.toString('latin1', 0, 16) === '{"op":"snapshot"') {
        isFollowing = true
        resolve(socket)
      }
    })
    const receive = afterHandshake(scan, () => socket.write(maskedText('{"op":"follow","all":true}')))
    const socket = connect({
      ...{ host: url.hostname, port: Number(url.port), noDelay: true },
      onread: {
        buffer: received,
        callback(bytes, buffer) {
          // Reason for the wrapping: the type allows any typed array.
          receive(Buffer.from(buffer.buffer, buffer.byteOffset, bytes))
          return true
        },
      },
    })
    socket.once('error', reject)
    socket.once('connect', () => socket.write(handshake(url)))
  })
}

/** Passes on what comes after the answer to the handshake. */
function afterHandshake(scan: (chunk: Buffer) => void, opened: () => void): (chunk: Buffer) => void {
  let head: string | undefined = ''
  return (chunk) => {
    if (head === undefined) {
      scan(chunk)
      return
    }
    head += chunk.toString('latin1')
    const end = head.indexOf(END_OF_HEAD)
    if (end === -1) return
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`the handshake was answered: ${head.slice(0, 200)}`)
    const rest = Buffer.from(head.slice(end + END_OF_HEAD.length), 'latin1')
    head = undefined
    opened()
    scan(rest)
  }
}

function handshake({ host, pathname }: URL): string {
  const key = randomBytes(16).toString('base64')
  const headers = [`Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
  return [`GET ${pathname} HTTP/1.1`, ...headers, `Sec-WebSocket-Key: ${key}`].join('\r\n') + END_OF_HEAD
}

/** A short text message as clients send it; a mask of zeros leaves it readable. */
function maskedText(text: string): Buffer {
  const payload = Buffer.from(text)
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}
