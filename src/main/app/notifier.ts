import type { Notification, NotificationConstructorOptions } from 'electron'
import type { Alert } from '../../shared/api/desktop-schemas.ts'

/** The slice of a notification that is used. */
export type ShownNotification = Pick<Notification, 'on' | 'show'>

/** The slice of Electron that notifications need. */
export interface NotifierElectron {
  isSupported(): boolean
  create(options: NotificationConstructorOptions): ShownNotification
}

/** Shows a notification of the system's. */
export type Notify = (alert: Pick<Alert, 'title' | 'text'>, clicked: () => void) => void

/** Not every system tells when one is gone; older ones are hardly looked at. */
export const MOST_HELD = 20

/** Holds what it shows: Electron itself does not, and a click on one that was collected as garbage does nothing. */
export function createNotifier({ isSupported, create }: NotifierElectron): Notify {
  const held = new Set<ShownNotification>()
  return ({ title, text }, clicked) => {
    if (!isSupported()) return
    const notification = create({ title, body: text })
    const letGo = () => void held.delete(notification)
    notification.on('click', () => {
      letGo()
      clicked()
    })
    notification.on('close', letGo)
    notification.on('failed', letGo)
    held.add(notification)
    for (const oldest of held) {
      if (held.size <= MOST_HELD) break
      held.delete(oldest)
    }
    notification.show()
  }
}
