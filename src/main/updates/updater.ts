/** A release, as far as we look at it. */
export interface Release {
  readonly version: string
}

/** What a check finds; its download goes on by itself. */
export interface CheckResult {
  readonly downloadPromise?: Promise<unknown> | null
}

/** The slice of electron-updater that we use. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowDowngrade: boolean
  disableWebInstaller: boolean
  channel: string | null
  logger: null | object
  on(event: 'checking-for-update', listener: () => void): unknown
  on(event: 'update-not-available' | 'update-available' | 'update-downloaded', listener: (it: Release) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  checkForUpdates(): Promise<CheckResult | null>
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void
}

/** Loads electron-updater, which looks at Electron as soon as it is asked for its updater: only where one is wanted. */
export async function loadUpdater(): Promise<Updater> {
  const { default: library } = await import('electron-updater')
  return library.autoUpdater
}
