import { Text } from '@mantine/core'
import type { Departure } from '../../shared/domain/departure.ts'
import { flightName } from '../lib/departure-view.ts'
import { timeText } from '../lib/fact-text.ts'
import { useConsole, useSlice } from './console-context.ts'

/** Which departure an editor, a drawer or a dialogue is about. */
export function DepartureTitle({ departure, action }: { readonly departure: Departure; readonly action: string }) {
  const { view } = useConsole()
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const schedule = timeText(departure.scheduledAt, { zone: departure.originZone, mode })
  return (
    <span>
      <Text component="span" fw={600} size="md">
        {action} · {flightName(departure)}
      </Text>
      <Text component="span" c="var(--fl-muted)" size="sm" display="block">
        {departure.origin} to {departure.destination}, scheduled {schedule}
      </Text>
    </span>
  )
}
