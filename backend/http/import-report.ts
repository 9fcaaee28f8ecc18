import type { ErrorCode } from '../../src/shared/lib/errors.ts'

/** What became of an import: every line is either accepted or named with the reason. */
export interface ImportReport {
  readonly accepted: number
  readonly rejected: readonly { readonly line: number; readonly code: ErrorCode; readonly message: string }[]
}
