import { WebSocket } from 'ws'

/** What one follower fleet has seen. */
export interface Fleet {
  /** Worst delay over all sockets, by change: accepted → last socket, in milliseconds. */
  readonly slowest: ReadonlyMap<string, number>
  /** How many sockets have seen each change. */
  readonly seen: ReadonlyMap<string, number>
  /** Every single delay. */
  readonly delays: readonly number[]
  close(): void
}

const OPENING_AT_ONCE = 50

/** Opens `count` sockets that follow everything, and notes when each gets each change. */
export async function openFleet(url: string, count: number): Promise<Fleet> {
  const slowest = new Map<string, number>()
  const seen = new Map<string, number>()
  const delays: number[] = []
  const receive = (text: string) => {
    const frame = readFrame(text)
    if (!frame) return
    const delay = Date.now() - frame.at
    delays.push(delay)
    slowest.set(frame.id, Math.max(slowest.get(frame.id) ?? 0, delay))
    seen.set(frame.id, (seen.get(frame.id) ?? 0) + 1)
  }
  const sockets: WebSocket[] = []
  while (sockets.length < count) {
    const batch = Array.from({ length: Math.min(OPENING_AT_ONCE, count - sockets.length) }, () => open(url, receive))
    sockets.push(...(await Promise.all(batch)))
  }
  const close = () => {
    for (const socket of sockets) socket.terminate()
  }
  return { slowest, seen, delays, close }
}

/** Resolves when the snapshot is there: from then on every change comes as a frame of its own. */
function open(url: string, receive: (text: string) => void): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => socket.send('{"op":"follow","all":true}'))
    socket.on('message', (data) => {
      const text = data.toString()
      if (text.startsWith('{"op":"snapshot"')) resolve(socket)
      else receive(text)
    })
  })
}

// A thousand sockets times fifty changes a second: parsing each frame whole would measure the generator, not the path.
const idPattern = /"departure":\{"id":"([^"]+)"/
const revisionPattern = /"revision":(\d+)/
const atPattern = /"at":(\d{12,})/

function readFrame(text: string): { readonly id: string; readonly at: number } | undefined {
  if (!text.startsWith('{"op":"departure"')) return undefined
  const id = idPattern.exec(text)?.[1]
  const revision = revisionPattern.exec(text)?.[1]
  const at = atPattern.exec(text)?.[1]
  return id && revision && at ? { id: `${id}:${revision}`, at: Number(at) } : undefined
}
