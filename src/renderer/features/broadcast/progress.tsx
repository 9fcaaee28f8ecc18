import { Progress as Bar, Button, Group, Stack, Text } from '@mantine/core'
import type { BroadcastProgress } from '../../../shared/api/schemas.ts'
import { countText } from './broadcast-draft.ts'
import { progressView } from './progress-view.ts'
import { useProgress } from './use-progress.ts'

/** How a broadcast goes out. It does so without this window too. */
export function Progress({ sent, onClose }: { readonly sent: BroadcastProgress; readonly onClose: () => void }) {
  const progress = useProgress(sent)
  const { total, settled, percent, isDone, parts } = progressView(progress)
  return (
    <Stack data-testid="broadcast-progress" data-done={isDone}>
      <Text style={{ whiteSpace: 'pre-line' }}>{progress.text}</Text>
      <Text size="sm" c="var(--fl-muted)">
        {countText(progress.departures, 'flight', 'flights')},{' '}
        {countText(progress.passengers, 'passenger', 'passengers')}, shown on the passenger page at once.
      </Text>
      <Bar value={percent} size="lg" aria-label="Deliveries that came to an end" animated={!isDone} />
      <Text role="status" fw={600}>
        {isDone ? 'Done: ' : ''}
        {settled.toLocaleString('en')} of {total.toLocaleString('en')} e-mails have an end
      </Text>
      <Text size="sm">{parts.map(({ count, label }) => `${count.toLocaleString('en')} ${label}`).join(' · ')}</Text>
      <Group justify="flex-end">
        <Button variant={isDone ? 'filled' : 'default'} data-autofocus onClick={onClose}>
          {isDone ? 'Close' : 'Close, it goes on without this window'}
        </Button>
      </Group>
    </Stack>
  )
}
