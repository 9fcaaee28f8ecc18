import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { FlightlineError, isFlightlineError } from '../../shared/lib/errors.ts'

// Primary result codes of SQLite (sqlite.org/rescode.html); the extended ones carry them in their low byte.
const FULL = 13
const INPUT_OUTPUT = 10
const problems: ReadonlyMap<number, string> = new Map([
  [3, 'no permission to use the file'],
  [5, 'the file is locked by another program'],
  [6, 'the file is locked by another program'],
  [8, 'the file cannot be written'],
  [INPUT_OUTPUT, 'the disk could not be read or written'],
  [11, 'the file is damaged'],
  [14, 'the file cannot be opened'],
  [26, 'the file is not a database'],
])

// Less than this and an input/output error is taken for a full disk: growing the write-ahead index fails so, too.
const LITTLE_SPACE = 256 * 1024

/**
 * Turns what SQLite or the file system threw into an error of the catalogue; a defect (bad SQL, broken constraint)
 * stays what it is.
 * @param file - the database, to ask its disk for free space
 */
export function toStoreError(error: unknown, file: string): unknown {
  if (isFlightlineError(error) || !(error instanceof Error)) return error
  if ('errcode' in error && typeof error.errcode === 'number') return fromEngine(error, error.errcode & 0xff, file)
  return 'code' in error ? fromSystem(error, String(error.code)) : error
}

function fromEngine(error: Error, primary: number, file: string): Error {
  const isFull = primary === FULL || (primary === INPUT_OUTPUT && isDiskFull(file))
  if (isFull) return new FlightlineError('FL_STORE_FULL', {}, { cause: error })
  return unavailable(error, problems.get(primary))
}

function fromSystem(error: Error, code: string): Error {
  if (code === 'ENOSPC' || code === 'EDQUOT') return new FlightlineError('FL_STORE_FULL', {}, { cause: error })
  if (code === 'ERR_INVALID_STATE') return unavailable(error, 'the store is closed')
  return unavailable(error, 'syscall' in error ? `the file cannot be used: ${code}` : undefined)
}

function unavailable(error: Error, problem: string | undefined): Error {
  return problem === undefined ? error : new FlightlineError('FL_STORE_UNAVAILABLE', { problem }, { cause: error })
}

function isDiskFull(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize < LITTLE_SPACE
  } catch {
    return false
  }
}
