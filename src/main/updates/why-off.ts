import type { Policy } from '../policy/read-policy.ts'

/** How this desktop came onto the machine. */
export interface Installation {
  readonly isPackaged: boolean
  readonly platform: NodeJS.Platform
  /** The AppImage that it runs from (`APPIMAGE`), if it does. */
  readonly appImage: string | undefined
  /** Whether the package names a place to look for updates (`app-update.yml` in its resources). */
  readonly hasFeed: boolean
}

/** Why this desktop does not update itself, for a person; `undefined` when it does. */
export function whyOff(policy: Pick<Policy, 'updates'>, installation: Installation): string | undefined {
  if (policy.updates === 'forbidden') return 'Updates are made by whoever administers this machine.'
  if (!installation.isPackaged) return 'This is not an installed package.'
  if (installation.platform === 'linux' && installation.appImage === undefined) {
    return 'Updates come with those of the system.'
  }
  return installation.hasFeed ? undefined : 'This package was built without a place to look for updates.'
}
