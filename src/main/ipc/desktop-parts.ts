import type {
  Alert,
  Attention,
  BackendState,
  DesktopState,
  Intent,
  KeptCommand,
  SettingsCheck,
  SettingsDraft,
  SettingsView,
  UpdateState,
  WindowPurpose,
} from '../../shared/api/desktop-schemas.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { TokenMaker } from '../../shared/ports/secrets.ts'
import type { DeskHost } from '../desk/desk-host.ts'

/** As much of the settings as a page may ask for. */
export interface PageSettings {
  view(): Promise<SettingsView>
  test(draft: SettingsDraft): Promise<readonly SettingsCheck[]>
  save(draft: SettingsDraft): Promise<readonly SettingsCheck[]>
}

/** As much of the windows as a page may ask for. `page` is a `webContents` id. */
export interface PageWindows {
  purpose(page: number): WindowPurpose
  become(page: number, purpose: WindowPurpose): void
  open(purpose: WindowPurpose): Promise<void>
  intents(page: number, signal: AbortSignal): AsyncIterable<Intent>
}

/** Where commands without an answer are kept. */
export interface PageCommands {
  keep(page: number, command: KeptCommand): Promise<void>
  forget(commandId: string): Promise<void>
  claim(page: number, owner: string): Promise<readonly KeptCommand[]>
}

/** Who sums up what pages report, for badge, tray and the system's notifications. */
export interface AttentionSink {
  report(page: number, attention: Attention): void
  alert(page: number, alert: Alert): void
}

/** What the desktop's own contract is served from. */
export interface DesktopParts {
  readonly desk: Pick<DeskHost, 'links' | 'session' | 'mode' | 'service' | 'recall'>
  readonly settings: PageSettings
  readonly backend: { read(): BackendState; onChange(listener: () => void): () => void }
  readonly updates: { read(): UpdateState; onChange(listener: () => void): () => void }
  readonly windows: PageWindows
  readonly commands: PageCommands
  readonly attention: AttentionSink
  readonly version: DesktopState['version']
  readonly tokens: Pick<TokenMaker, 'id'>
  readonly logger: Log
}
