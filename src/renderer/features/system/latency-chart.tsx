import { Text } from '@mantine/core'
import type { Latency } from '../../../shared/api/system-schemas.ts'
import { formatAge } from '../../lib/age.ts'
import { formatCount } from './figure-text.ts'
import { countOf, quantileText, toBars } from './latency.ts'
import type { Stretch } from './readings.ts'
import { Section } from './section.tsx'
import classes from './system.module.css'

interface LatencyChartProps {
  readonly recent: Stretch
  /** Since the processes began. */
  readonly total: Latency
}

/** How long changes took, from their acceptance until they were written to the last of their sockets. */
export function LatencyChart({ recent, total }: LatencyChartProps) {
  const count = countOf(recent.delivery)
  return (
    <Section
      title="Delivery of changes"
      note="Accepted until written to the last socket; p50 to p99 are estimated within their bar"
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">Changes</th>
            <th scope="col">p50</th>
            <th scope="col">p95</th>
            <th scope="col">p99</th>
          </tr>
        </thead>
        <tbody>
          <Quantiles name={`Last ${formatAge(recent.span)}`} id="recent" latency={recent.delivery} />
          <Quantiles name="Since the start" id="total" latency={total} />
        </tbody>
      </table>
      {count === 0 ? (
        <Text c="var(--fl-muted)" size="sm">
          {recent.span === 0 ? 'The bars come with the second reading.' : 'No change was delivered in this time.'}
        </Text>
      ) : (
        <Bars latency={recent.delivery} />
      )}
    </Section>
  )
}

interface QuantilesProps {
  readonly name: string
  readonly id: string
  readonly latency: Latency
}

function Quantiles({ name, id, latency }: QuantilesProps) {
  return (
    <tr data-testid={`latency-${id}`}>
      <th scope="row">{name}</th>
      <td>{formatCount(countOf(latency))}</td>
      {[0.5, 0.95, 0.99].map((share) => (
        <td key={share}>{quantileText(latency, share)}</td>
      ))}
    </tr>
  )
}

function Bars({ latency }: { readonly latency: Latency }) {
  return (
    <ol className={classes.bars} aria-label="Changes by how long they took" data-testid="latency-bars">
      {toBars(latency).map(({ label, count, height }) => (
        <li key={label}>
          <span className={classes.muted}>{label}</span>
          <span className={classes.track}>
            <span className={classes.bar} style={{ width: `${100 * height}%` }} />
          </span>
          <span>{formatCount(count)}</span>
        </li>
      ))}
    </ol>
  )
}
