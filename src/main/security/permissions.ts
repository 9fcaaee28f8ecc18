import type { Session } from 'electron'

/** The console needs no permission of the browser's; all are denied, asked for or checked (Electron security list, 5). */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
}
