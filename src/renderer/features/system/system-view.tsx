import { Alert, Loader, Text } from '@mantine/core'
import type { SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { formatAge, formatLongAge } from '../../lib/age.ts'
import { Ends } from './ends.tsx'
import { LatencyChart } from './latency-chart.tsx'
import { statusText } from './part-view.ts'
import { Parts } from './parts.tsx'
import { Processes } from './processes.tsx'
import { lastMinute, sinceStart } from './readings.ts'
import classes from './system.module.css'
import { Tiles } from './tiles.tsx'

/** What is shown, and how sure it is. */
export interface SystemViewProps {
  readonly readings: readonly SystemSnapshot[]
  /** Milliseconds since the last answer; `undefined` before the first. */
  readonly age: number | undefined
  readonly problem: string
}

// Two readings that did not come.
const OLD = 6_000

/** The page itself: what is wrong first, then how much there is to do, who does it, and how fast. */
export function SystemView({ readings, age, problem }: SystemViewProps) {
  const last = readings.at(-1)
  if (!last || age === undefined) return <Nothing problem={problem} />
  const isWell = last.parts.every(({ status }) => status === 'ok')
  const [recent, total] = [lastMinute(readings), sinceStart(last)]
  return (
    <div className={classes.page}>
      <Summary last={last} isWell={isWell} age={age > OLD || problem !== '' ? age : undefined} />
      {problem !== '' && <Alert color="red">No answer: {problem} What is shown is what was known last.</Alert>}
      {!isWell && <Parts parts={last.parts} />}
      <Tiles readings={readings} />
      <Processes readings={readings} />
      <div className={classes.columns}>
        <LatencyChart recent={recent} total={total.delivery} />
        <div className={classes.stack}>
          <Ends recent={recent} total={total} />
          {isWell && <Parts parts={last.parts} />}
        </div>
      </div>
    </div>
  )
}

function Nothing({ problem }: { readonly problem: string }) {
  if (problem !== '') return <Alert color="red">{problem}</Alert>
  return <Loader aria-label="Reading the system" />
}

interface SummaryProps {
  readonly last: SystemSnapshot
  readonly isWell: boolean
  /** Only where it is worth a word. */
  readonly age: number | undefined
}

function Summary({ last, isWell, age }: SummaryProps) {
  const startedAt = last.processes[0]?.startedAt ?? 0
  return (
    <div className={classes.summary}>
      <Text component="span" role="status" fw={600} className={classes.verdict} data-well={isWell}>
        {statusText(last)}
      </Text>
      <span className={classes.muted}>
        Version {last.version}
        {startedAt > 0 && ` · running for ${formatLongAge(last.at - startedAt)}`} ·{' '}
        <span className={age === undefined ? undefined : classes.old} data-testid="system-age">
          {age === undefined ? 'live' : `last read ${formatAge(age)} ago`}
        </span>
      </span>
    </div>
  )
}
