import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerSaveBlocker,
  screen,
  shell,
  Tray,
} from 'electron'
import { systemTimer } from '../../node/clock/system-clock.ts'
import type { Alert, ConsoleAction, DesktopState, Recollection } from '../../shared/api/desktop-schemas.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { DeskHost } from '../desk/desk-host.ts'
import type { KeptCommands } from '../desk/kept-commands.ts'
import { readState } from '../ipc/watch-state.ts'
import { DOCUMENTATION, openOwnPage } from '../security/open-external.ts'
import type { BackendSupervisor } from '../supervisor/backend-supervisor.ts'
import type { Updates } from '../updates/updates.ts'
import { type ConsoleWindows, createConsoleWindows } from '../windows/console-windows.ts'
import { createWindowsFile } from '../windows/windows-file.ts'
import { type AttentionSum, createAttention } from './attention.ts'
import { findDeepLink, readDeepLink, SCHEME } from './deep-link.ts'
import { describeTray } from './describe-tray.ts'
import { createKeepAwake } from './keep-awake.ts'
import { menuTemplate } from './menu.ts'
import { createNotifier, type Notify } from './notifier.ts'
import { type Quitting, superviseQuitting } from './quitting.ts'
import { trayImageReader } from './read-tray-image.ts'
import type { SystemRequest } from './requests.ts'
import { createConsoleTray } from './tray.ts'

/** What the program shows of itself to the system is made from. */
export interface ShellParts {
  readonly folder: string
  readonly logger: Log
  readonly desk: Pick<DeskHost, 'links' | 'mode' | 'service' | 'recall' | 'session'>
  readonly backend: BackendSupervisor
  readonly updates: Pick<Updates, 'read' | 'onChange' | 'restart'>
  readonly commands: Pick<KeptCommands, 'unclaimed'>
  readonly version: DesktopState['version']
  /** Ends everything in order. */
  readonly onQuit: () => Promise<void>
}

/** Windows, menu, tray and notifications, and how the program ends. */
export interface DesktopShell {
  readonly windows: ConsoleWindows
  readonly attention: AttentionSum
  readonly quitting: Quitting
  /** Does what the system asks: follows the link among the arguments, if there is one. */
  answer(request: SystemRequest): void
}

/** Puts the program onto the system's desktop. No window is open yet. */
export async function openDesktopShell(parts: ShellParts): Promise<DesktopShell> {
  nativeTheme.themeSource = 'system'
  const windows = await openWindows(parts)
  const notify = createNotifier({
    isSupported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
  })
  const attention = callAttention(windows, notify)
  windows.onClosed((page) => attention.forget(page))
  const answer = ({ argv, wantsWindow }: SystemRequest) => {
    if (wantsWindow) void windows.focus()
    followLink(parts.logger, windows, argv)
  }
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME)
  showTray(parts, { windows, attention })
  keepRunning(windows, notify)
  const quitting = superviseQuitting({
    ...{ app, logger: parts.logger, ask: (options) => dialog.showMessageBox(options), backend: parts.backend.read },
    timer: systemTimer,
    waiting: () => attention.read().waiting + parts.commands.unclaimed(),
    beforeEnd: windows.freeze,
    async onQuit() {
      await windows.remembered()
      await parts.onQuit()
    },
  })
  showMenu(parts, { windows, attention }, quitting)
  return { windows, attention, quitting, answer }
}

function openWindows({ folder, logger }: ShellParts): Promise<ConsoleWindows> {
  return createConsoleWindows({
    create: (options) => new BrowserWindow(options),
    preload: join(app.getAppPath(), 'out', 'preload', 'index.cjs'),
    isDark: () => nativeTheme.shouldUseDarkColors,
    file: createWindowsFile({ path: join(folder, 'windows.json'), timer: systemTimer, logger, now: Date.now }),
    displays: () => {
      const primary = screen.getPrimaryDisplay()
      return [primary, ...screen.getAllDisplays().filter(({ id }) => id !== primary.id)]
    },
    displayOf: (window) => screen.getDisplayMatching(window.getBounds()).id,
    wallIsOpen: createKeepAwake(powerSaveBlocker),
    recovery: {
      ...{ timer: systemTimer, logger, now: () => performance.now() },
      async askToTryAgain() {
        const { response } = await dialog.showMessageBox({
          type: 'error',
          message: 'This window stops again and again.',
          detail: 'Nothing that was accepted is lost, and what waits is kept. The log on this machine says more.',
          buttons: ['Try again', 'Close window'],
          cancelId: 1,
        })
        return response === 0
      },
    },
  })
}

function callAttention(windows: ConsoleWindows, notify: Notify): AttentionSum {
  const open = ({ departureId }: Alert) => {
    if (departureId === undefined) void windows.focus()
    else void windows.ask({ type: 'departure', id: departureId })
  }
  return createAttention({
    ...{ timer: systemTimer, now: () => performance.now(), isAnyFocused: windows.isAnyFocused, open },
    badge: (count) => app.setBadgeCount(count),
    notify,
  })
}

function followLink(logger: Log, windows: ConsoleWindows, argv: readonly string[]): void {
  const link = findDeepLink(argv)
  if (link === undefined) return
  const intent = readDeepLink(link)
  if (intent) void windows.ask(intent)
  else logger.warn({}, 'a link that names no departure was not followed')
}

/** The stations of the menu are those of the last board, so it is built anew when they change, or an update is ready. */
function showMenu({ desk, updates }: ShellParts, { windows, attention }: Shown, quitting: Quitting): void {
  let shown: string | undefined
  const show = () => {
    const { status, version = 'the next version' } = updates.read()
    const content = { stations: stationsOf(desk.recall()), update: status === 'ready' ? version : undefined }
    if (JSON.stringify(content) === shown) return
    shown = JSON.stringify(content)
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...content, platform: process.platform, actions })))
  }
  const actions = {
    ask: (action: ConsoleAction) => void windows.ask({ type: 'action', action }),
    newWindow: (station: string | null) => void windows.open({ station, isWall: false }),
    zoom: windows.zoom,
    about: () => app.showAboutPanel(),
    documentation: () => void openOwnPage(shell, DOCUMENTATION),
    quit: () => app.quit(),
    restart: () => void quitting.restart(updates.restart),
  }
  desk.links.onChange(show)
  updates.onChange(show)
  attention.onChange(show)
  show()
}

function stationsOf(recollection: Recollection | null): readonly string[] {
  return [...new Set(recollection?.departures.map(({ origin }) => origin))].sort()
}

interface Shown {
  readonly windows: ConsoleWindows
  readonly attention: AttentionSum
}

function showTray(parts: ShellParts, { windows, attention }: Shown): void {
  const tray = createConsoleTray(
    {
      createTray: (image) => new Tray(image),
      buildMenu: (template) => Menu.buildFromTemplate(template),
      readImage: trayImageReader(nativeImage, process.platform),
    },
    join(app.getAppPath(), 'resources', 'icons'),
    {
      open: () => void windows.focus(),
      newWindow: () => void windows.open(),
      quit: () => app.quit(),
    },
  )
  const show = () => tray.show(describeTray(readState(parts), attention.read()))
  parts.desk.links.onChange(show)
  parts.backend.onChange(show)
  parts.updates.onChange(show)
  attention.onChange(show)
  show()
}

/** Closing the last window ends nothing, which a person has to be told once. */
function keepRunning(windows: ConsoleWindows, notify: Notify): void {
  app.on('window-all-closed', () => {
    if (windows.wasTold()) return
    const text = 'It is in the tray, and passengers go on being served. Quit it from there.'
    notify({ title: 'Flightline keeps running', text }, () => void windows.focus())
  })
}
