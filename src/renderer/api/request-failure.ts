import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import type { Departure } from '../../shared/domain/departure.ts'
import { departureSchema } from '../../shared/events/departure-schema.ts'

/**
 * What went wrong with a request, as far as the console has to tell cases apart: `stale` and `refused` are answers of
 * the desk service, `signed-out` needs a person, and after `lost` nobody knows whether the request was carried out.
 */
export type FailureKind = 'stale' | 'refused' | 'signed-out' | 'lost'

/** A request that did not succeed, in words for the person at the desk. */
export class RequestFailure extends Error {
  readonly kind: FailureKind
  readonly code: string
  /** With `stale`: the present state. */
  readonly departure?: Departure

  constructor(kind: FailureKind, code: string, options: ErrorOptions & { message: string; departure?: Departure }) {
    super(options.message, options)
    this.name = 'RequestFailure'
    this.kind = kind
    this.code = code
    if (options.departure) this.departure = options.departure
  }
}

const staleData = z.object({ departure: departureSchema })
const signedOutCodes: ReadonlySet<string> = new Set(['FL_SESSION_MISSING', 'FL_SESSION_EXPIRED'])

/** Whatever a call threw, sorted. An answer has a code; anything else means that no answer came. */
export function toRequestFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error
  if (!(error instanceof ORPCError)) {
    return new RequestFailure('lost', 'LOST', { message: 'No answer came; the connection was lost.', cause: error })
  }
  const { code, message } = error
  if (signedOutCodes.has(code)) return new RequestFailure('signed-out', code, { message, cause: error })
  const stale = code === 'FL_DEPARTURE_STALE' ? staleData.safeParse(error.data) : undefined
  if (stale?.success) {
    return new RequestFailure('stale', code, { message, departure: stale.data.departure, cause: error })
  }
  return new RequestFailure('refused', code, { message, cause: error })
}
