import type { Fields } from './devtools.ts'
import { MessagePortMain } from './message-port.ts'
import { IN } from './preload-world.ts'

/** What comes out of a preload script's world. */
type Said =
  | { readonly kind: 'post'; readonly channel: string; readonly data: Packed; readonly ports: readonly number[] }
  | { readonly kind: 'data'; readonly port: number; readonly data: Packed }
  | { readonly kind: 'close'; readonly port: number }
  | { readonly kind: 'title'; readonly title: string }

type Packed = { readonly json: unknown } | { readonly bytes: string }

/** What a page said to main: a message with its ports, or its new title. */
export interface PageListener {
  posted(channel: string, data: unknown, ports: readonly MessagePortMain[]): void
  titled(title: string): void
}

/** The way between main and one page's preload script. It is made anew for each document. */
export interface PageLine {
  hear(payload: string): void
  /** The document is gone, and its ports with it. */
  end(): void
}

// One call carries at most this many messages; more wait for the next.
const AT_ONCE = 500

/** @param context - of the isolated world, as the DevTools protocol numbers it */
export function createPageLine(
  call: (method: string, params: Fields) => Promise<Fields>,
  context: number,
  listener: PageListener,
): PageLine {
  const ports = new Map<number, MessagePortMain>()
  const waiting: Fields[] = []
  let isSending = false
  let hasEnded = false
  const pump = async () => {
    if (isSending) return
    isSending = true
    while (waiting.length > 0 && !hasEnded) {
      const messages = waiting.splice(0, AT_ONCE)
      const functionDeclaration = `(messages) => globalThis.${IN}(messages)`
      await call('Runtime.callFunctionOn', {
        functionDeclaration,
        executionContextId: context,
        arguments: [{ value: messages }],
      })
    }
    isSending = false
  }
  // A document that goes while it is spoken to is no failure of main's.
  const send = (message: Fields) => {
    waiting.push(message)
    pump().catch(() => {
      isSending = false
    })
  }
  const take = (id: number) => {
    const port = MessagePortMain.over({
      send: (data) => send({ kind: 'data', port: id, data: pack(data) }),
      close: () => {
        ports.delete(id)
        send({ kind: 'close', port: id })
      },
    })
    ports.set(id, port)
    return port
  }
  return {
    hear(payload) {
      // Reason for the cast: our own script, in a world that no page reaches, wrote it.
      const said = JSON.parse(payload) as Said
      if (said.kind === 'post') listener.posted(said.channel, unpack(said.data), said.ports.map(take))
      else if (said.kind === 'data') ports.get(said.port)?.receive(unpack(said.data))
      else if (said.kind === 'title') listener.titled(said.title)
      else {
        ports.get(said.port)?.end()
        ports.delete(said.port)
      }
    },
    end() {
      hasEnded = true
      for (const port of ports.values()) port.end()
      ports.clear()
    },
  }
}

/** Structured clone as far as a desk's port uses it: JSON and bytes. Anything else is refused, not mangled. */
function pack(data: unknown): Packed {
  if (data instanceof Uint8Array) return { bytes: Buffer.from(data).toString('base64') }
  const text = JSON.stringify(data)
  if (data !== undefined && text === undefined) throw new Error(`not emulated: a ${typeof data} through a MessagePort`)
  return { json: data ?? null }
}

function unpack(data: Packed): unknown {
  return 'bytes' in data ? Uint8Array.from(Buffer.from(data.bytes, 'base64')) : data.json
}
