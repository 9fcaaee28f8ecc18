import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Log } from '../../../src/shared/ports/log.ts'
import { type DayRow, parseDay } from './day-row.ts'

/** The flights of a real day, with a name for this content of the file. */
export interface RealDay {
  readonly rows: readonly DayRow[]
  /** Changes with every change of the file. */
  readonly fingerprint: string
}

/**
 * Reads the CSV of a real day; lines that name no flight are logged one by one.
 * @throws FlightlineError `FL_CSV_INVALID`, and what reading a file throws
 */
export async function loadDay(path: string, logger: Log): Promise<RealDay> {
  const text = await readFile(path, 'utf8')
  const { rows, unreadable } = parseDay(text)
  for (const { line, problem } of unreadable) logger.warn({ path, line, problem }, 'a line of the day names no flight')
  return { rows, fingerprint: createHash('sha256').update(text).digest('hex').slice(0, 12) }
}
