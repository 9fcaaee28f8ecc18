import { Button, Group, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { CommandBody } from '../../api/command.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { timeText } from '../../lib/fact-text.ts'
import type { TimeMode } from '../../lib/zoned-time.ts'
import type { OpenEditor } from '../../stores/workbench-store.ts'
import {
  type DelayDraft,
  type DelayReading,
  type DraftReason,
  needsReasons,
  readDelayDraft,
  startDelayDraft,
} from './delay-draft.ts'
import { DelaySum } from './delay-sum.tsx'
import { EditorFrame } from './editor-frame.tsx'
import { ReasonRow } from './reason-row.tsx'

interface Part {
  readonly draft: DelayDraft
  readonly change: (part: Partial<DelayDraft>) => void
}

/** Sets a delay: minutes or a new time, coded reasons that add up, a remark. */
export function DelayEditor({ editor }: { readonly editor: OpenEditor }) {
  const { view } = useConsole()
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const [draft, setDraft] = useState(() => startDelayDraft(editor.base, editor.typed))
  const reading = readDelayDraft(draft, { departure: editor.base, mode })
  const body: CommandBody | undefined = reading.edit && { kind: 'setDelay', ...reading.edit }
  const change = (part: Partial<DelayDraft>) => setDraft((before) => ({ ...before, ...part }))
  return (
    <EditorFrame
      editor={editor}
      title="Delay"
      submitLabel="Save delay"
      body={body}
      problem={reading.problem}
      width={560}
    >
      <SegmentedControl
        size="xs"
        aria-label="Kind of delay"
        data={[
          { value: 'firm', label: 'New time known' },
          { value: 'open', label: 'No firm time yet' },
        ]}
        value={draft.kind}
        onChange={(kind) => change({ kind: kind === 'open' ? 'open' : 'firm' })}
      />
      <EntryField draft={draft} change={change} hint={entryHint(editor, reading, mode)} />
      {draft.kind === 'firm' && <Reasons draft={draft} change={change} reading={reading} />}
      <Textarea
        label="Remark for staff"
        autosize
        minRows={1}
        maxRows={3}
        maxLength={500}
        value={draft.remark}
        data-testid="delay-remark"
        onChange={(event) => change({ remark: event.currentTarget.value })}
      />
    </EditorFrame>
  )
}

function EntryField({ draft, change, hint }: Part & { readonly hint: string }) {
  return (
    <TextInput
      label={draft.kind === 'firm' ? 'Delay in minutes, or new time' : 'Next information at'}
      description={hint}
      placeholder={draft.kind === 'firm' ? '45 or 1450 or 1950Z' : '1450 or 1950Z'}
      inputWrapperOrder={['label', 'input', 'description']}
      autoComplete="off"
      autoFocus
      data-testid="delay-entry"
      value={draft.entry}
      onChange={(event) => change({ entry: event.currentTarget.value })}
    />
  )
}

function Reasons({ draft, change, reading }: Part & { readonly reading: DelayReading }) {
  const [firstNewKey] = useState(draft.reasons.length)
  const nextKey = useRef(firstNewKey)
  const setReason = (next: DraftReason) =>
    change({ reasons: draft.reasons.map((reason) => (reason.key === next.key ? next : reason)) })
  const add = () => {
    change({ reasons: [...draft.reasons, { key: nextKey.current, code: '', minutes: '' }] })
    nextKey.current += 1
  }
  return (
    <Stack gap={6} role="group" aria-label="Reasons">
      {draft.reasons.map((reason, line) => (
        <ReasonRow
          key={reason.key}
          reason={reason}
          line={line}
          rest={restOf(draft, reading)}
          isNew={reason.key >= firstNewKey}
          onChange={setReason}
          onRemove={() => change({ reasons: draft.reasons.filter(({ key }) => key !== reason.key) })}
        />
      ))}
      <Group justify="space-between">
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          Add reason
        </Button>
        <DelaySum minutes={reading.minutes} sum={reading.sum} isRequired={needsReasons(reading.minutes)} />
      </Group>
    </Stack>
  )
}

/** Minutes that the typed lines leave over, which a line without minutes takes. */
function restOf({ reasons }: DelayDraft, { minutes = 0 }: DelayReading): number {
  return Math.max(0, minutes - reasons.reduce((sum, reason) => sum + (Number(reason.minutes) || 0), 0))
}

function entryHint({ base }: OpenEditor, { minutes, edit }: DelayReading, mode: TimeMode): string {
  const context = { zone: base.originZone, mode }
  if (edit && 'nextInformationAt' in edit.delay)
    return `Information at ${timeText(edit.delay.nextInformationAt, context)}`
  if (minutes === undefined) return 'Z means UTC, L the station’s time; without either, the time the board shows.'
  return `${minutes} min after schedule: off block at ${timeText(base.scheduledAt + minutes * 60_000, context)}`
}
