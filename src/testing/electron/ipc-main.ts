import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

interface Delivery {
  readonly sender: object
  readonly senderFrame: object
  readonly ports: readonly object[]
  readonly data: unknown
}

class IpcMain extends EventEmitter {
  handle(): never {
    throw new Error('not emulated: ipcMain.handle; pages talk over their port')
  }

  /** A page posted to this channel. */
  deliver(channel: string, { data, ...event }: Delivery): void {
    this.emit(channel, { ...event, reply: undefined }, data)
  }
}

/** `electron.ipcMain`. */
export const ipcMain = strict('ipcMain', new IpcMain())
