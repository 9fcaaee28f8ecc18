import { Text } from '@mantine/core'
import { formatAge } from '../../lib/age.ts'
import { type EndItem, toCloses, toRefusals } from './end-view.ts'
import { formatCount } from './figure-text.ts'
import type { Stretch } from './readings.ts'
import { Section } from './section.tsx'
import classes from './system.module.css'

interface EndsProps {
  readonly recent: Stretch
  readonly total: Omit<Stretch, 'span'>
}

/** Why sockets ended, and why some were never opened. */
export function Ends({ recent, total }: EndsProps) {
  const time = formatAge(recent.span)
  return (
    <>
      <Section title="Sockets that ended">
        <EndTable items={toCloses(recent, total)} time={time} none="No socket has ended yet." />
      </Section>
      <Section title="Handshakes that were refused">
        <EndTable items={toRefusals(recent, total)} time={time} none="None was refused." />
      </Section>
    </>
  )
}

interface EndTableProps {
  readonly items: readonly EndItem[]
  readonly time: string
  readonly none: string
}

function EndTable({ items, time, none }: EndTableProps) {
  if (items.length === 0) {
    return (
      <Text c="var(--fl-muted)" size="sm">
        {none}
      </Text>
    )
  }
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Last {time}</th>
          <th scope="col">Since the start</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ label, recent, total }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{formatCount(recent)}</td>
            <td>{formatCount(total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
