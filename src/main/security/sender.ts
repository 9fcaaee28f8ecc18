import type { IpcMainEvent } from 'electron'
import { CONSOLE_ORIGIN } from './protocol.ts'

/** Whether an address is one of the console's own pages. Parsed and compared: a prefix would let look-alikes in. */
export function isConsoleAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && `${url.protocol}//${url.host}` === CONSOLE_ORIGIN
}

/**
 * Whether a message comes from the top frame of a console page in a window that main has made (Electron security list, 17).
 * @param isOurs - whether a page, by the id of its contents, is one of our windows
 */
export function isTrustedSender(
  event: Pick<IpcMainEvent, 'senderFrame' | 'sender'>,
  isOurs: (page: number) => boolean,
): boolean {
  const { senderFrame: frame, sender } = event
  return frame !== null && frame === sender.mainFrame && isConsoleAddress(frame.url) && isOurs(sender.id)
}
