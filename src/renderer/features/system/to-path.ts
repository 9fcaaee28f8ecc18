import { MINUTE } from '../../../shared/domain/instant.ts'
import type { Point } from './readings.ts'

const WIDTH = 100
const TOP = 2
const BOTTOM = 23
const SHOWN = 5 * MINUTE

/** The line through the points on a canvas of 100 by 24: from zero at its lower edge, the newest at its right one. */
export function toPath(points: readonly Point[]): string {
  const last = points.at(-1)
  if (!last) return ''
  const highest = Math.max(1e-9, ...points.map(({ value }) => value))
  return points
    .map(({ at, value }, index) => {
      const x = WIDTH * Math.max(0, 1 - (last.at - at) / SHOWN)
      const y = BOTTOM - ((BOTTOM - TOP) * value) / highest
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(2)} ${y.toFixed(2)}`
    })
    .join('')
}
