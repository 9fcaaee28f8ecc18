import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { BroadcastProgress } from '../../../shared/api/schemas.ts'
import { useConsole } from '../../components/console-context.ts'
import { AudienceForm } from './audience-form.tsx'
import { type BroadcastDraft, countText, readAudience, readContent, startBroadcastDraft } from './broadcast-draft.ts'
import { ContentForm } from './content-form.tsx'
import { type Preview, usePreview } from './use-preview.ts'
import { useSend } from './use-send.ts'

/** What composing leads to. */
export interface ComposeProps {
  readonly onSent: (progress: BroadcastProgress) => void
  readonly onClose: () => void
}

/** Audience, words, count; then, in a second step that cannot be hit by accident, the sending. */
export function Compose({ onSent, onClose }: ComposeProps) {
  const { view } = useConsole()
  const [draft, setDraft] = useState(() => startBroadcastDraft(view.getState()))
  const [isConfirming, setConfirming] = useState(false)
  const change = (part: Partial<BroadcastDraft>) => {
    setConfirming(false)
    setDraft((before) => ({ ...before, ...part }))
  }
  const audience = readAudience(draft)
  const content = readContent(draft)
  const preview = usePreview('audience' in audience ? audience.audience : undefined)
  const { send, isSending, problem: refusal } = useSend(onSent)
  const problem = problemOf(audience, preview, content)
  const isReady = problem === undefined && preview.departures !== undefined
  return (
    <Stack>
      <AudienceForm draft={draft} onChange={change} />
      <Count preview={preview} problem={'problem' in audience ? audience.problem : preview.problem} />
      <ContentForm draft={draft} onChange={change} />
      <div aria-live="assertive">{refusal && <Alert color="red">{refusal}</Alert>}</div>
      {isConfirming && isReady && <Confirmation preview={preview} />}
      <Group justify="flex-end">
        <Text size="sm" c="var(--fl-muted)" style={{ flex: 1 }} role="status">
          {problem}
        </Text>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button
          disabled={!isReady}
          loading={isSending}
          color={isConfirming ? 'red' : 'sky'}
          data-testid={isConfirming ? 'broadcast-confirm' : 'broadcast-review'}
          onClick={() => {
            if (!isConfirming) setConfirming(true)
            else if ('audience' in audience && 'content' in content) void send(audience.audience, content.content)
          }}
        >
          {isConfirming ? `Send to ${countText(preview.passengers ?? 0, 'passenger', 'passengers')}` : 'Continue'}
        </Button>
      </Group>
    </Stack>
  )
}

function Count({ preview, problem }: { readonly preview: Preview; readonly problem: string | undefined }) {
  const { departures, passengers } = preview
  const counts =
    departures === undefined || passengers === undefined
      ? 'Counting…'
      : `${countText(departures, 'flight', 'flights')}, ${countText(passengers, 'passenger', 'passengers')}`
  return (
    <Text role="status" fw={600} {...(problem && { c: 'var(--fl-bad)' })} data-testid="broadcast-count">
      {problem ?? counts}
    </Text>
  )
}

function Confirmation({ preview }: { readonly preview: Preview }) {
  return (
    <Alert color="yellow" icon={<IconAlertTriangle />} role="alert" data-testid="broadcast-confirmation">
      This goes to {countText(preview.passengers ?? 0, 'passenger', 'passengers')} of{' '}
      {countText(preview.departures ?? 0, 'flight', 'flights')} and cannot be taken back.
    </Alert>
  )
}

function problemOf(
  audience: ReturnType<typeof readAudience>,
  preview: Preview,
  content: ReturnType<typeof readContent>,
): string | undefined {
  if ('problem' in audience) return audience.problem
  if (preview.problem !== undefined) return preview.problem
  return 'problem' in content ? content.problem : undefined
}
