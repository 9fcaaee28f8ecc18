import { z } from 'zod'
import type { Severity } from '../domain/notice.ts'
import type { ErrorCode } from '../lib/errors.ts'
import type { PublicChange } from './public-change.ts'
import type { PublicDeparture } from './public-departure.ts'

/** Largest frame a client may send, in bytes. */
export const MAX_CLIENT_FRAME = 16 * 1024

const flightId = z.string().min(1).max(40)

/** Frames from a client of `/ws` (`contract.md`). */
export const clientFrameSchema = z.union([
  z.object({ op: z.literal('follow'), flights: z.record(flightId, z.number().int().min(0)) }),
  z.object({ op: z.literal('follow'), all: z.literal(true), since: z.string().max(2000).optional() }),
  z.object({ op: z.literal('unfollow'), flights: z.array(flightId) }),
  z.object({ op: z.literal('unfollow'), all: z.literal(true) }),
])

/** A frame from a client of `/ws`. */
export type ClientFrame = z.output<typeof clientFrameSchema>

/** A notice as passengers see it. */
export interface PublicNotice {
  readonly id: string
  readonly text: string
  readonly severity: Severity
  /** ISO 8601 UTC. */
  readonly at: string
}

/** Frames to a client of `/ws`. `at` of a departure frame is epoch milliseconds, wall clock of the acceptance. */
export type ServerFrame =
  | {
      readonly op: 'hello'
      readonly epoch: string
      readonly heartbeat: number
      readonly clock: { readonly now: string; readonly rate: number }
    }
  | {
      readonly op: 'snapshot'
      readonly recovered: boolean
      readonly departures: readonly PublicDeparture[]
      readonly notices?: readonly { readonly flightId: string; readonly notice: PublicNotice }[]
      readonly position: string
    }
  | {
      readonly op: 'departure'
      readonly departure: PublicDeparture
      readonly change: PublicChange
      readonly position: string
      readonly at: number
    }
  | { readonly op: 'notice'; readonly flightId: string; readonly notice: PublicNotice }
  | { readonly op: 'error'; readonly code: ErrorCode; readonly message: string }
