import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

/** Carries what a port of main's says to its other end. */
export interface PortLine {
  send(data: unknown): void
  close(): void
}

/** Main's end of a channel. It has no `addEventListener`, as Electron's has none, and keeps messages until it is started. */
export class MessagePortMain extends EventEmitter {
  private line: PortLine | undefined
  private kept: unknown[] | undefined = []
  private isClosed = false

  /** Takes the line that its messages go down. */
  static over(line: PortLine): MessagePortMain {
    const port = strict('MessagePortMain', new MessagePortMain())
    port.line = line
    return port
  }

  start(): void {
    const kept = this.kept ?? []
    this.kept = undefined
    for (const data of kept) this.emit('message', { data, ports: [] })
  }

  postMessage(data: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('not emulated: MessagePortMain.postMessage with ports')
    if (!this.isClosed) this.line?.send(data)
  }

  close(): void {
    if (this.isClosed) return
    this.line?.close()
    this.end()
  }

  /** Something came from the other end. */
  receive(data: unknown): void {
    if (this.isClosed) return
    if (this.kept) this.kept.push(data)
    else this.emit('message', { data, ports: [] })
  }

  /** The other end is gone. */
  end(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.emit('close')
  }
}
