import { setTimeout } from 'node:timers/promises'

/** Waits, or less when `signal` is aborted; never rejects and never keeps the process alive. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal, ref: false })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

const FIRST = 50
const LONGEST = 5_000

/** How long to wait after the failure number `attempt`, counted from 0: doubling, with jitter. Milliseconds. */
export function backOff(attempt: number, longest: number = LONGEST): number {
  const full = Math.min(longest, FIRST * 2 ** Math.min(attempt, 20))
  return full / 2 + Math.random() * (full / 2)
}
