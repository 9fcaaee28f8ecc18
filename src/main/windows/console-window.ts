import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { WindowPurpose } from '../../shared/api/desktop-schemas.ts'
import type { Log } from '../../shared/ports/log.ts'
import { CONSOLE_ORIGIN } from '../security/protocol.ts'
import { securePreferences } from '../security/web-preferences.ts'
import { LEAST, type Rectangle } from './window-state.ts'

/** What a window is made from. */
export interface WindowMaking {
  readonly create: (options: BrowserWindowConstructorOptions) => BrowserWindow
  /** The built preload script. */
  readonly preload: string
  /** Whether the system is dark, so that a window does not flash before its page is drawn. */
  readonly isDark: () => boolean
}

/** How a window begins. */
export interface WindowBeginning {
  readonly bounds: Rectangle
  readonly isMaximized: boolean
  readonly isFullScreen: boolean
  readonly purpose: WindowPurpose
}

/** The console's own surfaces, `--fl-surface` in `renderer/styles/tokens.css`. */
const surfaces = { light: '#ffffff', dark: '#141a20' }

/** Makes a console window and begins to load it. The one place where windows are made, so that none can be made less safe. */
export function makeConsoleWindow(
  { create, preload, isDark }: WindowMaking,
  beginning: WindowBeginning,
): BrowserWindow {
  const window = create({
    ...beginning.bounds,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    title: titleOf(beginning.purpose),
    backgroundColor: isDark() ? surfaces.dark : surfaces.light,
    // Never `false`: a Mac would take it for a window that may not become full.
    ...(beginning.isFullScreen && { fullscreen: true }),
    webPreferences: securePreferences(preload),
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => {
    if (beginning.isMaximized) window.maximize()
    window.show()
  })
  dress(window, beginning.purpose)
  return window
}

/**
 * Loads the console into a window. Resolves also when that fails, which is told to whoever recovers pages and must end
 * neither the program nor what else was to be done with the window.
 */
export async function loadConsole(window: BrowserWindow, logger: Log): Promise<void> {
  try {
    await window.loadURL(`${CONSOLE_ORIGIN}/`)
  } catch (err) {
    if (!window.isDestroyed()) logger.warn({ err }, 'the console was not loaded at the first try')
  }
}

/** Gives a window the looks of its purpose. */
export function dress(window: BrowserWindow, purpose: WindowPurpose): void {
  window.setTitle(titleOf(purpose))
  window.setMenuBarVisibility(!purpose.isWall)
}

function titleOf({ station, isWall }: WindowPurpose): string {
  const parts = ['Flightline', station, isWall ? 'wall display' : undefined]
  return parts.filter((part) => part).join(' – ')
}
