import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, ipcMain, powerMonitor, protocol, safeStorage, session, utilityProcess } from 'electron'
import { systemClock, systemTimer } from '../node/clock/system-clock.ts'
import { createLog } from '../node/log/create-log.ts'
import { type LogFile, openLogFile } from '../node/log/rotating-file.ts'
import { tokenMaker } from '../node/secrets/token-maker.ts'
import { trustSystemAuthorities } from '../node/web/trust-system.ts'
import type { Log } from '../shared/ports/log.ts'
import { type DesktopShell, openDesktopShell } from './app/desktop-shell.ts'
import { endWithSystem } from './app/end-with-system.ts'
import { logUnhandled } from './app/log-unhandled.ts'
import type { SystemRequests } from './app/requests.ts'
import { createDeskHost } from './desk/desk-host.ts'
import { openKeptCommands } from './desk/kept-commands.ts'
import { createDesktopRouter } from './ipc/desktop-router.ts'
import { servePages } from './ipc/serve-pages.ts'
import { policyPath } from './policy/policy-path.ts'
import { type Policy, readPolicy } from './policy/read-policy.ts'
import { denyPermissions } from './security/permissions.ts'
import { serveConsole } from './security/protocol.ts'
import { blockRemoteContent } from './security/remote-content.ts'
import { backendEnvironment } from './settings/backend-environment.ts'
import { checkSettings } from './settings/check-settings.ts'
import type { DesktopSettings } from './settings/desktop-settings.ts'
import { readEnvironmentSettings } from './settings/environment-settings.ts'
import { createSessionVault } from './settings/session-vault.ts'
import { createSettingsStore, type SettingsStore } from './settings/settings-store.ts'
import { createVault } from './settings/vault.ts'
import { askHealth } from './supervisor/ask-health.ts'
import { type BackendSupervisor, createBackendSupervisor } from './supervisor/backend-supervisor.ts'
import { loadUpdater } from './updates/updater.ts'
import { createUpdates, type Updates } from './updates/updates.ts'

/** Composition root of the desktop: settings and adapters in, secured windows out. */
export async function startDesktop(requests: SystemRequests): Promise<void> {
  const folder = app.getPath('userData')
  const logs = {
    desktop: openLogFile({ folder: join(folder, 'logs'), name: 'desktop' }),
    backend: openLogFile({ folder: join(folder, 'logs'), name: 'backend' }),
  }
  const logger = createLog('info', logs.desktop)
  logger.info({ version: app.getVersion(), electron: process.versions.electron ?? 'none' }, 'the desktop starts')
  logUnhandled(process, logger)
  trustSystemAuthorities(logger)
  const vault = createVault({
    ...{ safeStorage, logger, platform: process.platform, now: Date.now },
    path: join(folder, 'secrets.bin'),
  })
  const supervisor = superviseBackend(logger, logs.backend)
  const policy = await readPolicy({
    ...{ path: policyPath(process.platform, process.env), logger },
    owner: process.platform === 'win32' ? undefined : 0,
  })
  const updates = createDesktopUpdates(policy, logger)
  const settings = openSettings({ folder, vault, logger, supervisor, policy })
  const desk = createDeskHost({ folder, vault: createSessionVault(vault), logger })
  const commands = await openKeptCommands({ folder: join(folder, 'commands'), logger, service: desk.service })
  const use = async (wanted: DesktopSettings | undefined) => {
    await Promise.all([supervisor.run(backendEnvironment(wanted, folder)), desk.use(wanted)])
  }
  const shell = await openDesktopShell({
    ...{ folder, logger, desk, backend: supervisor, updates, commands, version: app.getVersion() },
    onQuit: async () => {
      updates.close()
      await Promise.all([desk.close(), supervisor.close()])
      await Promise.all([logs.desktop.close(), logs.backend.close()])
    },
  })
  denyPermissions(session.defaultSession)
  blockRemoteContent(session.defaultSession)
  serveConsole(protocol, join(app.getAppPath(), 'out', 'renderer'))
  const desktop = createDesktopRouter({
    ...{ desk, settings, backend: supervisor, updates, commands, logger, tokens: tokenMaker },
    ...{ windows: shell.windows, attention: shell.attention, version: app.getVersion() },
  })
  servePages({ ...{ ipcMain, desk: desk.router, desktop, commands, logger }, windows: shell.windows })
  settings.onChange((changed) => void use(changed))
  forgetPassword({ supervisor, settings, logger })
  endWithSystem({ powerMonitor, process, quitting: shell.quitting, logger })
  await use(await settings.read())
  updates.start()
  await restoreWindows(shell, requests)
}

async function restoreWindows({ windows, answer }: DesktopShell, requests: SystemRequests): Promise<void> {
  await windows.restore()
  answer({ argv: process.argv, wantsWindow: false })
  requests.follow(answer)
}

function superviseBackend(logger: Log, output: LogFile): BackendSupervisor {
  return createBackendSupervisor({
    fork: (path, args, options) => utilityProcess.fork(path, args, options),
    path: join(app.getAppPath(), 'out', 'backend', 'index.js'),
    ...{ clock: systemClock, timer: systemTimer, random: Math.random, logger, askHealth },
    output: output.write,
    endHard: (pid) => process.kill(pid, 'SIGKILL'),
  })
}

interface SettingsHost {
  readonly folder: string
  readonly vault: ReturnType<typeof createVault>
  readonly logger: Log
  readonly supervisor: BackendSupervisor
  readonly policy: Policy
}

function openSettings({ folder, vault, logger, supervisor, policy }: SettingsHost): SettingsStore {
  const ownPort = () => {
    const { url } = supervisor.read()
    return url === undefined ? undefined : Number(new URL(url).port)
  }
  return createSettingsStore({
    ...{ folder, vault, logger, now: Date.now },
    environment: readEnvironmentSettings(process.env, folder),
    ...{ policy: policy.settings, policyProblem: policy.problem },
    check: (settings) => checkSettings({ folder, ownPort }, settings),
  })
}

interface PasswordParts {
  readonly supervisor: BackendSupervisor
  readonly settings: SettingsStore
  readonly logger: Log
}

/** The first password lies in the backend's store, hashed, once it runs. */
function forgetPassword({ supervisor, settings, logger }: PasswordParts): void {
  supervisor.onChange(({ status }) => {
    if (status !== 'running') return
    settings.passwordUsed().catch((err: unknown) => logger.warn({ err }, 'the first password is still stored'))
  })
}

function createDesktopUpdates(policy: Policy, logger: Log): Updates {
  return createUpdates({
    ...{ policy, logger, load: loadUpdater, clock: systemClock, timer: systemTimer, random: Math.random },
    installation: {
      isPackaged: app.isPackaged,
      platform: process.platform,
      appImage: process.env.APPIMAGE,
      hasFeed: existsSync(join(process.resourcesPath, 'app-update.yml')),
    },
  })
}
