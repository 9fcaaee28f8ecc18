import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { replaceFile } from '../../node/files/replace-file.ts'
import { setAside } from '../../node/files/set-aside.ts'
import type { Log } from '../../shared/ports/log.ts'
import type { Timer } from '../../shared/ports/timer.ts'
import { windowStateSchema } from './window-state.ts'

const contentSchema = z.object({
  version: z.literal(1),
  windows: z.array(windowStateSchema).max(50),
  /** Chromium keeps one for all windows of an origin. */
  zoomLevel: z.number().min(-8).max(9),
  /** The person was told that closing the last window stops nothing. */
  wasTold: z.boolean(),
})

/** What the desktop remembers of its windows. */
export type WindowsContent = z.output<typeof contentSchema>

/** A desktop that was never started. */
const nothingRemembered: WindowsContent = { version: 1, windows: [], zoomLevel: 0, wasTold: false }

/** What keeping them needs. */
export interface WindowsFileParts {
  readonly path: string
  readonly timer: Timer
  readonly logger: Log
  readonly now: () => number
}

/** Remembers windows on disk, a moment after they changed. */
export interface WindowsFile {
  read(): Promise<WindowsContent>
  /** @param content - asked for when it is written */
  changed(content: () => WindowsContent): void
  /** Writes at once what waits. */
  flush(): Promise<void>
}

/** A window that is dragged changes many times a second. */
export const WRITE_AFTER = 500

/** Keeps windows at `path`; a file that cannot be read is set aside, and windows open as for the first time. */
export function createWindowsFile(parts: WindowsFileParts): WindowsFile {
  let waiting: (() => WindowsContent) | undefined
  let cancel: () => void = () => undefined
  let writing = Promise.resolve()
  const write = () => {
    cancel()
    const content = waiting
    waiting = undefined
    if (content) writing = writing.then(() => save(parts, content()))
    return writing
  }
  return {
    read: () => read(parts),
    changed(content) {
      if (!waiting) cancel = parts.timer.after(WRITE_AFTER, () => void write())
      waiting = content
    },
    flush: write,
  }
}

async function read({ path, logger, now }: WindowsFileParts): Promise<WindowsContent> {
  try {
    return contentSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nothingRemembered
    const place = await setAside(path, now())
    logger.warn({ place }, 'where the windows were cannot be read; they open as for the first time')
    return nothingRemembered
  }
}

/** Where windows stand is worth no failure. */
async function save({ path, logger }: WindowsFileParts, content: WindowsContent): Promise<void> {
  try {
    await replaceFile(path, JSON.stringify(content))
  } catch (err) {
    logger.warn({ err }, 'where the windows are could not be kept')
  }
}
