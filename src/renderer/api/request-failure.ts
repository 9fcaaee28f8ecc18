import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import type { Departure } from '../../shared/domain/departure.ts'
import { departureSchema } from '../../shared/events/departure-schema.ts'

/**
 * What went wrong with a request, as far as the console has to tell cases apart: `stale`, `expired` and `refused` are
 * answers of the desk service, `signed-out` needs a person, `unavailable` means that it was not carried out because
 * something behind the service does not answer now, and after `lost` nobody knows whether it was carried out.
 */
export type FailureKind = 'stale' | 'expired' | 'refused' | 'signed-out' | 'unavailable' | 'lost'

/** A request that did not succeed, in words for the person at the desk. */
export class RequestFailure extends Error {
  readonly kind: FailureKind
  readonly code: string
  /** With `stale` and `expired`: the present state. */
  readonly departure?: Departure

  constructor(kind: FailureKind, code: string, options: ErrorOptions & { message: string; departure?: Departure }) {
    super(options.message, options)
    this.name = 'RequestFailure'
    this.kind = kind
    this.code = code
    if (options.departure) this.departure = options.departure
  }
}

const presentState = z.object({ departure: departureSchema })

const kinds: Readonly<Partial<Record<string, FailureKind>>> = {
  FL_SESSION_MISSING: 'signed-out',
  FL_SESSION_EXPIRED: 'signed-out',
  FL_DESK_UNAVAILABLE: 'unavailable',
  FL_STORE_UNAVAILABLE: 'unavailable',
  FL_SHUTTING_DOWN: 'unavailable',
  FL_RATE_LIMITED: 'unavailable',
  FL_DEPARTURE_STALE: 'stale',
  FL_COMMAND_EXPIRED: 'expired',
}

/** Whatever a call threw, sorted. An answer has a code; anything else means that no answer came. */
export function toRequestFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error
  if (!(error instanceof ORPCError)) {
    return new RequestFailure('lost', 'LOST', { message: 'No answer came; the connection was lost.', cause: error })
  }
  const { code, message } = error
  const kind = kinds[code] ?? 'refused'
  if (kind !== 'stale' && kind !== 'expired') return new RequestFailure(kind, code, { message, cause: error })
  const { data } = presentState.safeParse(error.data)
  // Stale without the present state cannot be compared with anything; the words are all there is.
  if (!data) return new RequestFailure(kind === 'stale' ? 'refused' : kind, code, { message, cause: error })
  return new RequestFailure(kind, code, { message, departure: data.departure, cause: error })
}
