import type { Point } from './readings.ts'
import classes from './system.module.css'
import { toPath } from './to-path.ts'

/** A figure over the last minutes, without axes: whether it rises, falls or jumps. The number beside it says how much. */
export function Sparkline({ points }: { readonly points: readonly Point[] }) {
  return (
    <svg className={classes.spark} viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      <path d={toPath(points)} vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
