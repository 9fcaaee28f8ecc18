import { Select, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { cancellationReasons, isCancellationReason } from '../../../shared/domain/cancellation.ts'
import type { CommandBody } from '../../api/command.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { timeText } from '../../lib/fact-text.ts'
import { readTimeEntry } from '../../lib/time-entry.ts'
import type { OpenEditor } from '../../stores/workbench-store.ts'
import { EditorFrame } from './editor-frame.tsx'

interface Props {
  readonly editor: OpenEditor
}

const reasons = Object.entries(cancellationReasons).map(([value, label]) => ({ value, label: `${value}  ${label}` }))

/** Cancels a flight, with the reason that schedule messages carry. */
export function CancelEditor({ editor }: Props) {
  const [reason, setReason] = useState<string | null>(null)
  const [remark, setRemark] = useState('')
  const body: CommandBody | undefined =
    reason !== null && isCancellationReason(reason)
      ? { kind: 'cancel', reason, remark: remark.trim() || undefined }
      : undefined
  return (
    <EditorFrame
      editor={editor}
      title="Cancel"
      submitLabel="Cancel this flight"
      isGrave
      body={body}
      problem={body ? undefined : 'Choose a reason.'}
    >
      <Select
        label="Reason"
        placeholder="Code or words: WEAT, crew"
        data={reasons}
        value={reason}
        searchable
        selectFirstOptionOnChange
        comboboxProps={{ zIndex: 300 }}
        autoFocus
        data-testid="cancel-reason"
        onChange={setReason}
      />
      <Textarea
        label="Remark for staff"
        autosize
        minRows={1}
        maxRows={3}
        maxLength={500}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
      <Text size="sm" c="var(--fl-muted)">
        Every passenger booked on this flight is told at once.
      </Text>
    </EditorFrame>
  )
}

/** Takes a cancellation back, with a new estimate where there is one. */
export function ReinstateEditor({ editor }: Props) {
  const { view } = useConsole()
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const [entry, setEntry] = useState('')
  const { scheduledAt, originZone: zone } = editor.base
  const at = readTimeEntry(entry, { scheduledAt, zone, mode })
  const isReadable = entry.trim() === '' || at !== undefined
  return (
    <EditorFrame
      editor={editor}
      title="Reinstate"
      submitLabel="Reinstate"
      body={isReadable ? { kind: 'reinstate', estimatedAt: at } : undefined}
      problem={isReadable ? undefined : 'Type a time: 1450, 1950Z or +45.'}
    >
      <TextInput
        label="New estimate, if there is one"
        description={at === undefined ? 'Empty: as it was before the cancellation.' : timeText(at, { zone, mode })}
        inputWrapperOrder={['label', 'input', 'description']}
        autoComplete="off"
        autoFocus
        data-testid="time-entry"
        value={entry}
        onChange={(event) => setEntry(event.currentTarget.value)}
      />
    </EditorFrame>
  )
}

/** Records a diversion. */
export function DivertEditor({ editor }: Props) {
  const [text, setText] = useState('')
  const airport = text.trim().toUpperCase()
  const isAirport = /^[A-Z]{3}$/.test(airport) && airport !== editor.base.destination
  return (
    <EditorFrame
      editor={editor}
      title="Divert"
      submitLabel="Divert"
      isGrave
      body={isAirport ? { kind: 'divert', airport } : undefined}
      problem={isAirport ? undefined : 'Type the three letters of the other airport.'}
    >
      <TextInput
        label="Airport"
        placeholder="BWI"
        maxLength={3}
        autoComplete="off"
        autoFocus
        data-testid="divert-airport"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </EditorFrame>
  )
}
