import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'

/**
 * A socket that says so before its close frame is written, also where `ws` writes that by itself: as the answer to the
 * other side's, or because of a frame that it could not read. What is written past its sender has to be whole by then.
 */
export class PushSocket extends WebSocket {
  beforeClosing: (() => void) | undefined

  override close(code?: number, reason?: string | Buffer): void {
    if (this.readyState === this.OPEN) this.beforeClosing?.()
    super.close(code, reason)
  }
}

/** Node closes the descriptor of a socket in there, and the next socket may get its number at once. */
export function beforeDestroyed(transport: Duplex, then: () => void): void {
  const destroy = transport._destroy
  transport._destroy = (error, callback) => {
    then()
    destroy.call(transport, error, callback)
  }
}
