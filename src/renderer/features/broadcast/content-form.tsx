import { Checkbox, Group, NativeSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { MAX_BROADCAST_LENGTH } from '../../../shared/domain/broadcast.ts'
import { severities } from '../../../shared/domain/notice.ts'
import type { DraftFormProps } from './audience-form.tsx'
import { validities } from './broadcast-draft.ts'

const severityLabels = { info: 'Information', warning: 'Warning', critical: 'Critical' } as const

/** What is said, how urgently, on which channels and for how long. */
export function ContentForm({ draft, onChange }: DraftFormProps) {
  return (
    <Stack gap="sm">
      <Textarea
        label="Text, as passengers read it"
        autosize
        minRows={3}
        maxRows={8}
        maxLength={MAX_BROADCAST_LENGTH}
        value={draft.text}
        data-autofocus
        data-testid="broadcast-text"
        description={`${draft.text.length} of ${MAX_BROADCAST_LENGTH} characters`}
        inputWrapperOrder={['label', 'input', 'description']}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <Group align="flex-end" gap="lg">
        <div>
          <Text size="sm" fw={500} mb={2} id="severity-label">
            Severity
          </Text>
          <SegmentedControl
            size="xs"
            aria-labelledby="severity-label"
            data={severities.map((value) => ({ value, label: severityLabels[value] }))}
            value={draft.severity}
            onChange={(severity) => onChange({ severity })}
          />
        </div>
        <NativeSelect
          label="Valid for"
          data={validities.map(({ minutes, label }) => ({ value: String(minutes), label }))}
          value={String(draft.validMinutes)}
          onChange={(event) => onChange({ validMinutes: Number(event.currentTarget.value) })}
        />
        <Channels draft={draft} onChange={onChange} />
      </Group>
    </Stack>
  )
}

/** The passenger page is no choice: whoever looks at the flight sees what holds for it. */
function Channels({ draft, onChange }: DraftFormProps) {
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" size="sm" fw={500} mb={6}>
        Channels
      </Text>
      <Group gap="md">
        <Checkbox
          label="E-mail"
          checked={draft.channels.includes('email')}
          data-testid="channel-email"
          onChange={(event) => onChange({ channels: event.currentTarget.checked ? ['email'] : [] })}
        />
        <Checkbox label="Passenger page, always" checked disabled readOnly />
      </Group>
    </fieldset>
  )
}
