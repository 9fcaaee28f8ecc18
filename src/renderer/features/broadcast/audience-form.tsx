import { Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { type Status, statuses } from '../../../shared/domain/status.ts'
import { statusView } from '../../lib/status-view.ts'
import type { BroadcastDraft } from './broadcast-draft.ts'

/** A form over a part of the draft. */
export interface DraftFormProps {
  readonly draft: BroadcastDraft
  readonly onChange: (part: Partial<BroadcastDraft>) => void
}

const statusChoices = statuses.map((value) => ({ value, label: statusView(value).label }))

/** Whom it reaches: the ticked rows, or whatever fits a filter. */
export function AudienceForm({ draft, onChange }: DraftFormProps) {
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label="Audience"
        data={[
          { value: 'rows', label: `Ticked flights (${draft.rows.length})`, disabled: draft.rows.length === 0 },
          { value: 'filter', label: 'Flights by filter' },
        ]}
        value={draft.kind}
        onChange={(kind) => onChange({ kind: kind === 'rows' ? 'rows' : 'filter' })}
      />
      {draft.kind === 'rows' ? <Rows draft={draft} /> : <FilterFields draft={draft} onChange={onChange} />}
    </Stack>
  )
}

function Rows({ draft }: Pick<DraftFormProps, 'draft'>) {
  const names = draft.rows.map((id) => id.split('-')[0])
  const shown = names.slice(0, 12).join(', ')
  return (
    <Text size="sm" c="var(--fl-muted)">
      {names.length > 12 ? `${shown} and ${names.length - 12} more` : shown}
    </Text>
  )
}

function FilterFields({ draft, onChange }: DraftFormProps) {
  return (
    <Group gap="xs" align="flex-end" grow preventGrowOverflow={false}>
      <PlaceField
        label="From"
        length={3}
        value={draft.origin}
        testId="audience-origin"
        onChange={(origin) => onChange({ origin })}
      />
      <PlaceField
        label="To"
        length={3}
        value={draft.destination}
        testId="audience-destination"
        onChange={(destination) => onChange({ destination })}
      />
      <PlaceField
        label="Airline"
        length={2}
        value={draft.carrier}
        testId="audience-carrier"
        onChange={(carrier) => onChange({ carrier })}
      />
      <Select
        label="Status"
        placeholder="any"
        clearable
        w={140}
        data={statusChoices}
        value={draft.status === '' ? null : draft.status}
        onChange={(status: Status | null) => onChange({ status: status ?? '' })}
      />
      <TextInput
        label="Late by, min"
        placeholder="any"
        inputMode="numeric"
        value={draft.delayedAtLeast}
        onChange={(event) => onChange({ delayedAtLeast: event.currentTarget.value })}
      />
    </Group>
  )
}

interface PlaceFieldProps {
  readonly label: string
  readonly length: number
  readonly value: string
  readonly testId: string
  readonly onChange: (value: string) => void
}

function PlaceField({ label, length, value, testId, onChange }: PlaceFieldProps) {
  return (
    <TextInput
      label={label}
      placeholder="any"
      maxLength={length}
      value={value}
      data-testid={testId}
      onChange={(event) => onChange(event.currentTarget.value.toUpperCase())}
    />
  )
}
