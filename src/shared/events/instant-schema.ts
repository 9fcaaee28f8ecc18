import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import { compileReader, type QuickReader, UNSURE } from './quick-reader.ts'

/** ISO 8601 UTC on the wire, epoch milliseconds inside. */
export const wireInstant = z.codec(z.iso.datetime(), z.number().int(), {
  decode: (text): Instant => Date.parse(text),
  encode: (instant) => formatInstant(instant),
})

const readTime = compileReader(z.iso.datetime())

/** Reads what {@link wireInstant} decodes. */
export const readWireInstant: QuickReader<Instant> = (value) => {
  const time = readTime(value)
  if (time === UNSURE) return UNSURE
  const instant = Date.parse(time)
  return Number.isSafeInteger(instant) ? instant : UNSURE
}

/** Epoch milliseconds on both sides: for transports between parts of the product. */
export const plainInstant = z.number().int()

/**
 * Writes an instant as ISO 8601 UTC, without milliseconds where they are zero, e.g. `2026-11-20T14:05:00Z`.
 */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}
