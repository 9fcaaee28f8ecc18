import type { Session } from 'electron'

/**
 * The console needs no permission of the browser's and no device: all are denied, asked for or checked (Electron security
 * list, 5). Screens are not shared either, since no handler offers one.
 */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}
