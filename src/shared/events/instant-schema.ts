import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'

/** ISO 8601 UTC on the wire, epoch milliseconds inside. */
export const wireInstant = z.codec(z.iso.datetime(), z.number().int(), {
  decode: (text): Instant => Date.parse(text),
  encode: (instant) => formatInstant(instant),
})

/** Epoch milliseconds on both sides: for transports between parts of the product. */
export const plainInstant = z.number().int()

/**
 * Writes an instant as ISO 8601 UTC, without milliseconds where they are zero, e.g. `2026-11-20T14:05:00Z`.
 */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}
