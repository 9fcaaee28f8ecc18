import { z } from 'zod'
import { plainInstant } from '../events/instant-schema.ts'

const count = z.number().int().min(0)

/** How long changes took from their acceptance until they were written to the last of their sockets. */
const latencySchema = z.object({
  /** By upper bound in seconds, rising; the last one has none. Each counts its own only, not those below it. */
  buckets: z.array(z.object({ upTo: z.number().nullable(), count })),
  /** Seconds of all of them together. */
  sum: z.number().min(0),
})

/** Latencies by bucket. */
export type Latency = z.output<typeof latencySchema>

/** What the push gateway of one process has to do, and has done since the process began. */
const pushFiguresSchema = z.object({
  sockets: count,
  followingAll: count,
  /** Flights that somebody chose. */
  flights: count,
  /** Sockets that wait for something they have not taken. */
  behind: count,
  queuedBytes: count,
  /** Handshakes that wait for their turn. */
  handshakes: count,
  /** Milliseconds by which turns of the event loop are late, of the last half second. */
  eventLoopLag: z.number().min(0),
  frames: count,
  conflated: count,
  /** Sockets that ended, by reason. */
  closed: z.record(z.string(), count),
  /** Handshakes that were refused, by error code. */
  refused: z.record(z.string(), count),
  delivery: latencySchema,
})

/** What one push gateway does. */
export type PushFigures = z.output<typeof pushFiguresSchema>

/** One process of the backend. */
const processSchema = z.object({
  /** `backend` where there is one; else `first`, and `gateway-1` and so on as in the health report. */
  name: z.string(),
  /** Another one than before means that the process was started anew and counts from zero. */
  startedAt: plainInstant,
  /** Resident bytes. */
  memory: count,
  /** Absent where the process has no gateway. */
  push: pushFiguresSchema.optional(),
})

/** One process of the backend. */
export type SystemProcess = z.output<typeof processSchema>

const status = z.enum(['ok', 'degraded', 'down'])

/** How one part is doing. */
const systemPartSchema = z.object({
  name: z.string(),
  status,
  /** An error code, or words. */
  problem: z.string().optional(),
  /** What it is behind by; each part has its own unit. */
  lag: z.number().optional(),
  /** Milliseconds. */
  age: z.number().optional(),
})

/** How one part is doing. */
export type SystemPart = z.output<typeof systemPartSchema>

/** `system.read`: how the backend is doing. */
export const systemSnapshotSchema = z.object({
  /** When it was read, wall clock. */
  at: plainInstant,
  version: z.string(),
  status,
  parts: z.array(systemPartSchema),
  processes: z.array(processSchema),
})

/** How the backend is doing. */
export type SystemSnapshot = z.output<typeof systemSnapshotSchema>
