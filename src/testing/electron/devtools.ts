import type { Readable, Writable } from 'node:stream'

/** Parameters and results of the DevTools protocol, as JSON. */
export type Fields = Readonly<Record<string, unknown>>

/** Hears the events of one session. */
export type EventListener = (method: string, params: Fields) => void

/** Chromium's DevTools protocol over a pipe. */
export interface DevTools {
  /** @throws Error with Chromium's words */
  send(method: string, params?: Fields, session?: string): Promise<Fields>
  /** @param session - absent for the browser itself */
  listen(listener: EventListener, session?: string): () => void
}

interface Waiting {
  readonly method: string
  resolve(result: Fields): void
  reject(error: Error): void
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Fields
  readonly result?: Fields
  readonly error?: { readonly message: string }
  readonly sessionId?: string
}

const END = 0

/** Speaks over the two ends of the pipe; messages are divided by a zero byte. */
export function createDevTools(input: Writable, output: Readable): DevTools {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, Set<EventListener>>()
  let lastId = 0
  readMessages(output, (message) => {
    if (message.id !== undefined) settle(waiting, message.id, message)
    else if (message.method !== undefined) {
      for (const listener of listeners.get(message.sessionId ?? '') ?? [])
        listener(message.method, message.params ?? {})
    }
  })
  output.once('close', () => {
    for (const { reject, method } of waiting.values()) reject(new Error(`${method}: Chromium has ended`))
    waiting.clear()
  })
  return {
    send(method, params = {}, session) {
      lastId += 1
      const id = lastId
      input.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`)
      return new Promise((resolve, reject) => waiting.set(id, { method, resolve, reject }))
    },
    listen(listener, session = '') {
      const those = listeners.get(session) ?? new Set()
      listeners.set(session, those.add(listener))
      return () => those.delete(listener)
    },
  }
}

function settle(waiting: Map<number, Waiting>, id: number, { result, error }: Message): void {
  const call = waiting.get(id)
  waiting.delete(id)
  if (error) call?.reject(new Error(`${call.method}: ${error.message}`))
  else call?.resolve(result ?? {})
}

function readMessages(output: Readable, receive: (message: Message) => void): void {
  let parts: Buffer[] = []
  output.on('data', (chunk: Buffer) => {
    let rest = chunk
    for (let end = rest.indexOf(END); end !== -1; end = rest.indexOf(END)) {
      receive(JSON.parse(Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8')))
      parts = []
      rest = rest.subarray(end + 1)
    }
    if (rest.length > 0) parts.push(rest)
  })
}
