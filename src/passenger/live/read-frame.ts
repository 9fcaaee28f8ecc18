import type { ServerFrame } from '../../shared/api/push-frames.ts'

const ops: ReadonlySet<unknown> = new Set(['hello', 'snapshot', 'departure', 'notice', 'error'])

/**
 * Reads a frame of our own server. Checks what the page would stumble over and no more: the schemas that the server
 * writes by cost more script than the whole page may weigh.
 * @returns `undefined` for anything else, also for what later versions may add
 */
export function readFrame(text: string): ServerFrame | undefined {
  const frame = parseJson(text)
  if (typeof frame !== 'object' || frame === null || !('op' in frame) || !ops.has(frame.op)) return undefined
  const lists = 'departures' in frame ? frame.departures : []
  const flights = 'departure' in frame ? [frame.departure] : lists
  if (!Array.isArray(flights) || !flights.every(isFlight)) return undefined
  // Reason for the cast: everything the page reads without looking was checked above.
  return frame as ServerFrame
}

function isFlight(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'revision' in value && 'status' in value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
