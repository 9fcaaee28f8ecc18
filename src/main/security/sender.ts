import type { IpcMainEvent } from 'electron'
import { CONSOLE_ORIGIN } from './protocol.ts'

/** Whether an address is one of the console's own pages. Parsed and compared: a prefix would let look-alikes in. */
export function isConsoleAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && `${url.protocol}//${url.host}` === CONSOLE_ORIGIN
}

/** Whether a message comes from the top frame of a console page (Electron security list, 17). */
export function isTrustedSender(event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>): boolean {
  const frame = event.senderFrame
  return frame !== null && frame === event.sender.mainFrame && isConsoleAddress(frame.url)
}
