import { ActionIcon, Group, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { delayCodes, findDelayCode } from '../../../shared/domain/delay-codes.ts'
import { type DraftReason, searchDelayCodes } from './delay-draft.ts'

/** One line of the reasons. */
export interface ReasonRowProps {
  readonly reason: DraftReason
  readonly line: number
  /** Minutes that an empty field stands for. */
  readonly rest: number
  /** Was just added, so the person wants to type into it. */
  readonly isNew: boolean
  readonly onChange: (reason: DraftReason) => void
  readonly onRemove: () => void
}

const choices = delayCodes.map(({ code, alpha, label }) => ({
  value: code,
  label: `${code}${alpha && ` ${alpha}`}  ${label}`,
}))

const byValue = new Map(choices.map((choice) => [choice.value, choice]))

/** A code, found by digits, letters or words, and its minutes. */
export function ReasonRow({ reason, line, rest, isNew, onChange, onRemove }: ReasonRowProps) {
  const { search, handleSearch, handleBlur } = useCodeSearch(reason, onChange)
  return (
    <Group gap={6} wrap="nowrap" align="center">
      <Select
        aria-label={`Reason ${line + 1}`}
        placeholder="Code or words: 93, RA, late aircraft"
        data={choices}
        value={reason.code === '' ? null : reason.code}
        autoFocus={isNew}
        searchable
        searchValue={search}
        selectFirstOptionOnChange
        maxDropdownHeight={240}
        comboboxProps={{ zIndex: 300 }}
        nothingFoundMessage="No such code"
        filter={({ search: text }) => searchDelayCodes(text).flatMap(({ code }) => byValue.get(code) ?? [])}
        data-testid={`reason-${line}`}
        style={{ flex: 1 }}
        onFocus={(event) => event.currentTarget.select()}
        onSearchChange={handleSearch}
        onBlur={handleBlur}
        onChange={(code) => onChange({ ...reason, code: code ?? '' })}
      />
      <TextInput
        aria-label={`Minutes of reason ${line + 1}`}
        placeholder={rest > 0 ? String(rest) : 'min'}
        inputMode="numeric"
        autoComplete="off"
        w={78}
        value={reason.minutes}
        data-testid={`reason-minutes-${line}`}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => onChange({ ...reason, minutes: event.currentTarget.value.replace(/\D/g, '').slice(0, 4) })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove reason ${line + 1}`} onClick={onRemove}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

/** A whole code that was typed and left with Tab counts as chosen: nobody should have to confirm `93` in a list. */
function useCodeSearch(reason: DraftReason, onChange: ReasonRowProps['onChange']) {
  const [search, setSearch] = useState(byValue.get(reason.code)?.label ?? '')
  return {
    search,
    handleSearch: setSearch,
    handleBlur() {
      const known = findDelayCode(search.trim())
      if (!known || known.code === reason.code) return
      setSearch(byValue.get(known.code)?.label ?? '')
      onChange({ ...reason, code: known.code })
    },
  }
}
