import type { ConnectionSettings } from '../../node/config/settings.ts'

/** What the bundled backend is run with. */
export interface BackendSettings {
  readonly run: boolean
  readonly port: number
  /** Whether other machines reach it. */
  readonly isOpen: boolean
  readonly publicUrl: string | undefined
  /** Of the first sign-ins, until the backend has taken it. */
  readonly adminPassword: string | undefined
  readonly smtp: { readonly url: string; readonly from: string } | undefined
}

/** The desktop's settings, complete and with their secrets. They never leave main. */
export type DesktopSettings =
  | {
      readonly mode: 'embedded'
      /** Whether the bundled day is replayed. */
      readonly demo: boolean
      readonly backend: BackendSettings
    }
  | { readonly mode: 'direct'; readonly connection: ConnectionSettings; readonly backend: BackendSettings }
  | { readonly mode: 'served'; readonly serverUrl: string }
