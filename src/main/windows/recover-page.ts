import type { Log } from '../../shared/ports/log.ts'
import type { Timer } from '../../shared/ports/timer.ts'

/** The slice of a window's contents that recovering needs. */
export interface RecoverableContents {
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown
  reload(): void
  forcefullyCrashRenderer(): void
}

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

/**
 * Loads a page again that crashed or hangs. Nothing is lost with it: what main keeps (sign-in, commands, intents, the
 * last board) is handed to the page that comes.
 */
export function recoverPage(window: RecoverableWindow, parts: RecoveryParts): void {
  const { timer, logger, now, askToTryAgain } = parts
  const { webContents } = window
  let gone: number[] = []
  let cancel: () => void = () => undefined
  const reload = async () => {
    gone = [...gone.filter((at) => at > now() - WITHIN), now()]
    if (gone.length > MOST_RELOADS && !(await askToTryAgain())) return window.close()
    if (!window.isDestroyed()) webContents.reload()
  }
  webContents.on('render-process-gone', (_event, { reason }) => {
    cancel()
    if (reason === 'clean-exit' || window.isDestroyed()) return
    logger.error({ reason, recent: gone.length }, 'a page has stopped and is loaded again')
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
