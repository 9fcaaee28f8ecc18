import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { CommandBody } from '../../api/command.ts'
import { useConsole, useSlice } from '../../components/console-context.ts'
import { timeText } from '../../lib/fact-text.ts'
import { readTimeEntry } from '../../lib/time-entry.ts'
import { formatClock, type TimeMode, zoneOf } from '../../lib/zoned-time.ts'
import { clocksAt } from '../../stores/clock-store.ts'
import { obstacle } from '../../stores/conflict.ts'
import type { OpenEditor } from '../../stores/workbench-store.ts'
import { EditorFrame } from './editor-frame.tsx'

/** Editors that ask for one time. */
export type TimeEditorKind = 'estimate' | 'offBlock' | 'takeOff' | 'return'

interface Wording {
  readonly title: string
  readonly label: string
  readonly submit: string
  readonly body: (at: Instant) => CommandBody
}

const wordings: Readonly<Record<TimeEditorKind, Wording>> = {
  estimate: {
    title: 'Estimate',
    label: 'Estimated off-block time, or minutes after schedule',
    submit: 'Save estimate',
    body: (estimatedAt) => ({ kind: 'setEstimate', estimatedAt }),
  },
  offBlock: {
    title: 'Off block',
    label: 'Off-block time',
    submit: 'Mark off block',
    body: (at) => ({ kind: 'markDeparture', event: 'OFF_BLOCK', at }),
  },
  takeOff: {
    title: 'Take-off',
    label: 'Take-off time',
    submit: 'Mark take-off',
    body: (at) => ({ kind: 'markDeparture', event: 'TAKE_OFF', at }),
  },
  return: {
    title: 'Return to stand',
    label: 'Time back at the stand',
    submit: 'Mark return',
    body: (at) => ({ kind: 'markDeparture', event: 'RETURNED', at }),
  },
}

/** Asks for one time; movements propose the present moment. */
export function TimeEditor({ editor, kind }: { readonly editor: OpenEditor; readonly kind: TimeEditorKind }) {
  const { view, clock, now } = useConsole()
  const mode = useSlice(view, ({ timeMode }) => timeMode)
  const [operational] = useState(() => clocksAt(clock.getState(), now())?.operational ?? Date.now())
  const [entry, setEntry] = useState(() => startEntry(editor, kind, { mode, operational }))
  const [isClearing, setClearing] = useState(false)
  const { base } = editor
  const context = { zone: base.originZone, mode }
  const at = readTimeEntry(entry, { scheduledAt: base.scheduledAt, ...context })
  const wording = wordings[kind]
  const body = bodyOf(kind, at, isClearing)
  const problem = body ? obstacle(body, base, operational) : undefined
  return (
    <EditorFrame
      editor={editor}
      title={wording.title}
      submitLabel={wording.submit}
      body={problem === undefined ? body : undefined}
      problem={problem ?? (body ? undefined : 'Type a time: 1450, 1950Z or +45.')}
    >
      <TextInput
        label={wording.label}
        description={at === undefined ? 'Z means UTC, L the station’s time.' : timeText(at, context)}
        inputWrapperOrder={['label', 'input', 'description']}
        autoComplete="off"
        autoFocus
        data-testid="time-entry"
        disabled={isClearing}
        value={entry}
        onChange={(event) => setEntry(event.currentTarget.value)}
      />
      {kind === 'estimate' && base.estimatedAt !== undefined && (
        <Checkbox
          label="Clear the estimate: the flight leaves as scheduled"
          checked={isClearing}
          onChange={(event) => setClearing(event.currentTarget.checked)}
        />
      )}
    </EditorFrame>
  )
}

function bodyOf(kind: TimeEditorKind, at: Instant | undefined, isClearing: boolean): CommandBody | undefined {
  if (kind === 'estimate' && isClearing) return { kind: 'setEstimate', estimatedAt: null }
  return at === undefined ? undefined : wordings[kind].body(at)
}

interface Times {
  readonly mode: TimeMode
  readonly operational: Instant
}

function startEntry({ base, typed }: OpenEditor, kind: TimeEditorKind, { mode, operational }: Times): string {
  if (typed !== '') return typed
  const at = kind === 'estimate' ? base.estimatedAt : operational
  return at === undefined ? '' : formatClock(at, zoneOf(mode, base.originZone))
}
