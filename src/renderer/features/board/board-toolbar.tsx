import { Button, MultiSelect, Text, TextInput } from '@mantine/core'
import { IconCurrentLocation, IconFilterOff, IconSearch } from '@tabler/icons-react'
import { useConsole, useSlice } from '../../components/console-context.ts'
import classes from './board.module.css'
import { isFiltering, isShown, stationsOf, statusChoices } from './board-filter.ts'

/** Search, filters and the way back to now. */
export function BoardToolbar({ onNow }: { readonly onNow: () => void }) {
  const { view } = useConsole()
  const state = useSlice(view, ({ search, stations, statuses }) => ({ search, stations, statuses }))
  return (
    <search className={classes.toolbar} aria-label="Filter departures">
      <TextInput
        id="board-search"
        aria-label="Search departures"
        placeholder="Search  /"
        leftSection={<IconSearch size={15} aria-hidden />}
        size="xs"
        w={210}
        value={state.search}
        data-testid="search"
        onChange={(event) => view.setState({ search: event.currentTarget.value })}
      />
      <StationFilter />
      <StatusFilter />
      {isFiltering(state) && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconFilterOff size={15} aria-hidden />}
          onClick={() => view.setState({ search: '', stations: [], statuses: [] })}
        >
          Show all
        </Button>
      )}
      <RowCount />
      <Button size="xs" variant="default" leftSection={<IconCurrentLocation size={15} aria-hidden />} onClick={onNow}>
        Now
      </Button>
    </search>
  )
}

function StationFilter() {
  const { board, view } = useConsole()
  const choices = useSlice(board, ({ departures }) => stationsOf(departures.values()))
  const stations = useSlice(view, (state) => state.stations)
  return (
    <MultiSelect
      aria-label="Stations"
      placeholder={stations.length > 0 ? '' : 'All stations'}
      size="xs"
      w={190}
      data={choices}
      value={[...stations]}
      searchable
      clearable
      data-testid="station-filter"
      onChange={(chosen) => view.setState({ stations: chosen })}
    />
  )
}

function StatusFilter() {
  const { view } = useConsole()
  const statuses = useSlice(view, (state) => state.statuses)
  return (
    <MultiSelect
      aria-label="Statuses"
      placeholder={statuses.length > 0 ? '' : 'All statuses'}
      size="xs"
      w={230}
      data={statusChoices}
      value={[...statuses]}
      searchable
      clearable
      data-testid="status-filter"
      onChange={(chosen) =>
        view.setState({ statuses: statusChoices.map(({ value }) => value).filter((value) => chosen.includes(value)) })
      }
    />
  )
}

function RowCount() {
  const { board, view } = useConsole()
  const filter = useSlice(view, ({ search, stations, statuses }) => ({ search, stations, statuses }))
  const { total, shown } = useSlice(board, ({ departures }) => ({
    total: departures.size,
    shown: isFiltering(filter)
      ? [...departures.values()].filter((departure) => isShown(departure, filter)).length
      : departures.size,
  }))
  return (
    <Text size="sm" c="var(--fl-muted)" className={classes.count} role="status" data-testid="row-count">
      {shown === total ? `${total} departures` : `${shown} of ${total} departures`}
    </Text>
  )
}
