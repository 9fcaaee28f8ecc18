import { WebSocket } from 'ws'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { eventually } from '../fixtures/eventually.ts'

/** How a client connects. */
export interface ConnectOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** The address it comes from, in 127.0.0.0/8. */
  readonly from?: string
}

/** How a socket ended. */
interface Ending {
  readonly code: number
  readonly reason: string
}

type FrameOf<Op extends ServerFrame['op']> = Extract<ServerFrame, { readonly op: Op }>

/** A client of `/ws` that keeps every frame. */
export interface PushClient {
  readonly socket: WebSocket
  readonly frames: readonly ServerFrame[]
  /** The same frames as they came over the wire. */
  readonly texts: readonly string[]
  readonly ended: Promise<Ending>
  send(frame: unknown): void
  all<Op extends ServerFrame['op']>(op: Op): readonly FrameOf<Op>[]
  /** Waits until `count` frames of this kind are there. @returns the last of them */
  waitFor<Op extends ServerFrame['op']>(op: Op, count?: number): Promise<FrameOf<Op>>
}

/** Connects and resolves when the socket is open; rejects with the answer's status and body when it is refused. */
export async function connectPush(url: string, options: ConnectOptions = {}): Promise<PushClient> {
  const socket = new WebSocket(url, {
    headers: options.headers ?? {},
    perMessageDeflate: true,
    ...(options.from && { localAddress: options.from }),
  })
  const texts: string[] = []
  const frames: ServerFrame[] = []
  socket.on('message', (data) => {
    const text = String(data)
    texts.push(text)
    frames.push(JSON.parse(text))
  })
  const ended = new Promise<Ending>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  await opened(socket)
  const all = <Op extends ServerFrame['op']>(op: Op) => frames.filter((frame): frame is FrameOf<Op> => frame.op === op)
  return {
    socket,
    frames,
    texts,
    ended,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    all,
    async waitFor(op, count = 1) {
      await eventually(() => all(op).length >= count)
      const found = all(op)[count - 1]
      if (!found) throw new Error(`no ${op}`)
      return found
    },
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.on('error', reject)
    socket.once('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (part) => {
        body += part
      })
      response.on('end', () => reject(new Error(`${response.statusCode} ${body}`)))
    })
  })
}

/** Waits until everything that was sent before has arrived. */
export async function settle(client: PushClient): Promise<void> {
  const before = client.all('error').length
  client.send({ op: 'follow', flights: { 'no such flight': 0 } })
  await client.waitFor('error', before + 1)
}
