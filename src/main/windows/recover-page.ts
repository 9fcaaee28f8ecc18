import type { Log } from '../../shared/ports/log.ts'
import type { Timer } from '../../shared/ports/timer.ts'

/** The slice of a window's contents that recovering needs. */
export interface RecoverableContents {
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown
  on(event: 'did-fail-load', listener: (event: unknown, ...failure: LoadFailure) => void): unknown
  /** Empty before the first page is there. */
  getURL(): string
  reload(): void
  forcefullyCrashRenderer(): void
}

type LoadFailure = readonly [code: number, reason: string, url: string, isMainFrame: boolean]

/** The slice of a window that recovering needs. */
export interface RecoverableWindow {
  readonly webContents: RecoverableContents
  on(event: 'unresponsive' | 'responsive' | 'closed', listener: () => void): unknown
  isDestroyed(): boolean
  close(): void
}

/** What recovering needs. */
export interface RecoveryParts {
  readonly timer: Timer
  readonly logger: Log
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Asks the person whether a page that stops again and again is to be tried once more. */
  readonly askToTryAgain: () => Promise<boolean>
}

/** A page that answers nothing for so long is ended; a garbage collection or a large board takes no second. */
export const HANGS_AFTER = 10_000

/** More often than this within {@link WITHIN}, loading again is no cure. */
const MOST_RELOADS = 3
const WITHIN = 60_000

/** What Chromium calls a page that another one was loaded instead of. */
const ABORTED = -3

/**
 * Loads a page again that crashed, hangs or could not be loaded. Nothing is lost with it: what main keeps (sign-in,
 * commands, intents, the last board) is handed to the page that comes.
 * @param load - loads the page for the first time
 */
export function recoverPage(window: RecoverableWindow, parts: RecoveryParts, load: () => Promise<void>): void {
  const { timer, logger, now, askToTryAgain } = parts
  const { webContents } = window
  let gone: number[] = []
  let cancel: () => void = () => undefined
  const reload = async () => {
    gone = [...gone.filter((at) => at > now() - WITHIN), now()]
    if (gone.length > MOST_RELOADS && !(await askToTryAgain())) return window.close()
    if (window.isDestroyed()) return
    // What never was there cannot be loaded again.
    if (webContents.getURL() === '') await load()
    else webContents.reload()
  }
  webContents.on('render-process-gone', (_event, { reason }) => {
    cancel()
    if (reason === 'clean-exit' || window.isDestroyed()) return
    logger.error({ reason, recent: gone.length }, 'a page has stopped and is loaded again')
    void reload()
  })
  webContents.on('did-fail-load', (_event, ...[code, reason, _url, isMainFrame]) => {
    if (!isMainFrame || code === ABORTED || window.isDestroyed()) return
    logger.error({ reason, recent: gone.length }, 'a page could not be loaded and is loaded again')
    void reload()
  })
  window.on('unresponsive', () => {
    cancel()
    cancel = timer.after(HANGS_AFTER, () => {
      logger.error({ seconds: HANGS_AFTER / 1000 }, 'a page hangs and is ended')
      if (!window.isDestroyed()) webContents.forcefullyCrashRenderer()
    })
  })
  window.on('responsive', () => cancel())
  window.on('closed', () => cancel())
}
