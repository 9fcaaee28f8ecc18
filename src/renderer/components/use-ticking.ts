import { useEffect, useState } from 'react'
import { type Clocks, clocksAt } from '../stores/clock-store.ts'
import { useConsole, useSlice } from './console-context.ts'

/** Monotonic milliseconds, renewed every `period`. */
export function useTicking(period: number): number {
  const { now } = useConsole()
  const [time, setTime] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), period)
    return () => clearInterval(timer)
  }, [now, period])
  return time
}

/** Both clocks, renewed every `period` and with every reading; `undefined` before the first. */
export function useClocks(period: number): Clocks | undefined {
  const { clock } = useConsole()
  const time = useTicking(period)
  const state = useSlice(clock, (current) => current)
  return clocksAt(state, Math.max(time, state.readAt))
}
