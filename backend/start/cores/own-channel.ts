import type { ParentPort } from '../parent-port.ts'
import type { Channel } from './calls.ts'

/** The pipe from a gateway process to the first one. */
export const ownChannel: Channel = {
  isOpen: () => process.connected,
  // The callback takes the failure of a pipe that closes meanwhile; its end is told by `disconnect`.
  send: (message) => void process.send?.(message, () => undefined),
  listen: (listener) => void process.on('message', listener),
}

/** The first process, as the desktop would be: it is told how the start went, and says when to stop. */
export const firstProcess: ParentPort = {
  postMessage(message) {
    if (typeof message === 'object' && message !== null) ownChannel.send(message)
  },
  on: (_event, listener) => ownChannel.listen((data) => listener({ data })),
}
