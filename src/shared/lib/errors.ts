import { errorCatalogue } from './error-catalogue.ts'

/** A code of the catalogue: the one stable name of an error, in every process and on every wire. */
export type ErrorCode = keyof typeof errorCatalogue

/** Facts about the failure that may leave the process: never secrets, never personal data. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/** The error shape of every HTTP answer, frame and RPC: what `contract.md` promises. */
export interface ErrorShape {
  readonly code: ErrorCode
  readonly message: string
  readonly details?: ErrorDetails
}

/**
 * The only error that crosses a boundary. Whatever else is thrown is a defect and leaves as `FL_INTERNAL` with an id.
 */
export class FlightlineError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  readonly status: number

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fillMessage(errorCatalogue[code].message, details), options)
    this.name = 'FlightlineError'
    this.code = code
    this.details = details
    this.status = errorCatalogue[code].status
  }

  /** As it is written on a wire; `details` only when there are any. */
  toShape(): ErrorShape {
    const bare = { code: this.code, message: this.message }
    return Object.keys(this.details).length > 0 ? { ...bare, details: this.details } : bare
  }
}

/** Whether `error` is ours, optionally with one certain code. */
export function isFlightlineError(error: unknown, code?: ErrorCode): error is FlightlineError {
  return error instanceof FlightlineError && (code === undefined || error.code === code)
}

/** Whether `code` is one of the catalogue. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code)
}

/** Placeholders are `{name}`; one without a value stays visible, which a test of the catalogue's users notices. */
function fillMessage(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole
  })
}
