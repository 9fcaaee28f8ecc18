import type { ErrorCode, FlightlineError } from '../../../src/shared/lib/errors.ts'

/** A line that was not loaded. */
export interface Rejection {
  /** Line of the file; the header is 1. */
  readonly line: number
  readonly code: ErrorCode
  readonly message: string
}

/** What became of an import: every line is either accepted or named with the reason. */
export interface ImportReport {
  readonly accepted: number
  readonly rejected: readonly Rejection[]
}

/** Names a line with what is wrong about it. */
export function reject(line: number, error: FlightlineError): Rejection {
  return { line, code: error.code, message: error.message }
}
