import type { PushFigures, SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { formatBytes, formatCount, formatRate } from './figure-text.ts'
import { countOf } from './latency.ts'
import { levels, type Point, rates } from './readings.ts'
import { Section } from './section.tsx'
import { Sparkline } from './sparkline.tsx'
import classes from './system.module.css'

interface Tile {
  readonly id: string
  readonly label: string
  readonly points: readonly Point[]
  readonly text: (value: number | undefined) => string
}

function toTiles(readings: readonly SystemSnapshot[]): readonly Tile[] {
  const level = (pick: (push: PushFigures) => number) => levels(readings, pick)
  const rate = (pick: (push: PushFigures) => number) => rates(readings, pick)
  return [
    { id: 'sockets', label: 'Sockets', points: level(({ sockets }) => sockets), text: countText },
    { id: 'changes', label: 'Changes delivered', points: rate(({ delivery }) => countOf(delivery)), text: formatRate },
    { id: 'frames', label: 'Frames written', points: rate(({ frames }) => frames), text: formatRate },
    { id: 'conflated', label: 'Frames conflated', points: rate(({ conflated }) => conflated), text: formatRate },
    { id: 'queued', label: 'Queued', points: level(({ queuedBytes }) => queuedBytes), text: bytesText },
  ]
}

/** Of all gateways together: how much there is to do, and how that went over the last minutes. */
export function Tiles({ readings }: { readonly readings: readonly SystemSnapshot[] }) {
  return (
    <Section title="All gateways" note="Lines show the last 5 minutes">
      <dl className={classes.tiles}>
        {toTiles(readings).map(({ id, label, points, text }) => (
          <div key={id} className={classes.tile}>
            <dt>{label}</dt>
            <dd data-testid={`system-${id}`}>{text(points.at(-1)?.value)}</dd>
            <dd className={classes.trend}>
              <Sparkline points={points} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function countText(value: number | undefined): string {
  return formatCount(value ?? 0)
}

function bytesText(value: number | undefined): string {
  return formatBytes(value ?? 0)
}
