import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

// Well within the 20 s that the whole backend has.
const PATIENCE = 5_000

/** The end of a server. */
export interface Drain {
  /**
   * Waits until requests under way are answered, and ends what takes too long. Sockets that were upgraded are not
   * waited for: they belong to whoever took them, and that part may be closed later.
   * @param closing - the close of the server, begun
   */
  close(closing: PromiseLike<void>): Promise<void>
}

interface State {
  readonly open: Set<Duplex>
  readonly busy: Set<Duplex>
  isClosing: boolean
  onEmpty: (() => void) | undefined
}

/** Follows a server's connections from the start. */
export function createDrain(server: Server): Drain {
  const state: State = { open: new Set(), busy: new Set(), isClosing: false, onEmpty: undefined }
  server.on('connection', (socket: Socket) => {
    state.open.add(socket)
    socket.once('close', () => forget(state, socket))
  })
  server.on('upgrade', (_request, socket) => forget(state, socket))
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    state.busy.add(socket)
    response.once('close', () => rest(state, socket))
  })
  return { close: (closing) => drain(state, closing) }
}

async function drain(state: State, closing: PromiseLike<void>): Promise<void> {
  const { open, busy } = state
  state.isClosing = true
  // Node takes a connection that never sent a request for a busy one; browsers open such connections in advance.
  for (const socket of open) if (!busy.has(socket)) socket.destroy()
  const impatience = setTimeout(() => {
    for (const socket of open) socket.destroy()
  }, PATIENCE)
  const empty = new Promise<void>((resolve) => {
    state.onEmpty = resolve
    if (open.size === 0) resolve()
  })
  await Promise.race([closing, empty])
  clearTimeout(impatience)
}

function rest({ busy, isClosing }: State, socket: Duplex): void {
  busy.delete(socket)
  if (isClosing) socket.end()
}

function forget({ open, busy, onEmpty }: State, socket: Duplex): void {
  open.delete(socket)
  busy.delete(socket)
  if (open.size === 0) onEmpty?.()
}
