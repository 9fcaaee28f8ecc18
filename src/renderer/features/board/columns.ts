import type { ColDef, ITooltipParams, SuppressKeyboardEventParams } from 'ag-grid-community'
import { delayMinutes } from '../../../shared/domain/delay.ts'
import type { Departure } from '../../../shared/domain/departure.ts'
import { deriveStatus, statuses } from '../../../shared/domain/status.ts'
import { bySchedule } from '../../lib/by-schedule.ts'
import { type ColumnId, columnIds } from '../../lib/changed-columns.ts'
import { flightName, latestOrigin, shownEstimate } from '../../lib/departure-view.ts'
import type { TimeMode } from '../../lib/zoned-time.ts'
import { provenance } from './cell-text.ts'
import {
  DelayCell,
  DestinationCell,
  EstimateCell,
  GateCell,
  MenuCell,
  SourceCell,
  StatusCell,
  TimeCell,
} from './cells.tsx'
import type { GridContext } from './grid-context.ts'

type Column = ColDef<Departure> & { readonly colId: string }

/** Headers that follow the shown time. */
function timeHeader(column: 'time' | 'estimate', mode: TimeMode): string {
  const zone = mode === 'utc' ? 'UTC' : 'local'
  return column === 'time' ? `STD (${zone})` : `Estimate (${zone})`
}

/** What all columns share. */
export const defaultColumn: ColDef<Departure> = {
  resizable: true,
  sortable: true,
  suppressMovable: true,
  tooltipValueGetter: readTooltip,
  cellClassRules: {
    'fl-marked': ({ data, colDef, context }) => isColumn(colDef.colId) && context.isMarked(data, colDef.colId),
    'fl-done': ({ data }) => data !== undefined && isOver(data),
    'fl-now': ({ data, context }) => data !== undefined && context.nowRow === data.id,
  },
}

const gateColumn: Column = {
  colId: 'gate',
  headerName: 'Gate',
  width: 132,
  valueGetter: ({ data }) => data?.gate ?? '',
  comparator: (left: string, right: string) => left.localeCompare(right, 'en', { numeric: true }),
  cellRenderer: GateCell,
  editable: ({ data, context }) => data !== undefined && context.canEditGate(data),
  cellEditor: 'agTextCellEditor',
  cellEditorParams: { maxLength: 8 },
  suppressKeyboardEvent: keepForBoard,
}

/** When, which and where to. */
const scheduleColumns: readonly Column[] = [
  {
    colId: 'time',
    headerValueGetter: ({ context }) => timeHeader('time', context.mode()),
    width: 112,
    initialSort: 'asc',
    cellDataType: false,
    valueGetter: ({ data }) => data,
    comparator: bySchedule,
    cellRenderer: TimeCell,
  },
  { colId: 'flight', headerName: 'Flight', width: 100, cellClass: 'fl-strong', valueGetter: readFlight },
  { colId: 'origin', headerName: 'From', width: 74, valueGetter: ({ data }) => data?.origin },
  {
    colId: 'destination',
    headerName: 'To',
    width: 92,
    valueGetter: ({ data }) => data?.destination,
    cellRenderer: DestinationCell,
  },
]

/** What is known of it, and by whom. */
const stateColumns: readonly Column[] = [
  {
    colId: 'estimate',
    headerValueGetter: ({ context }) => timeHeader('estimate', context.mode()),
    width: 138,
    valueGetter: ({ data }) => data && shownEstimate(data)?.at,
    cellRenderer: EstimateCell,
  },
  {
    colId: 'delay',
    headerName: 'Delay, min',
    width: 148,
    valueGetter: ({ data }) => data && delayMinutes(data),
    cellRenderer: DelayCell,
  },
  {
    colId: 'status',
    headerName: 'Status',
    width: 150,
    valueGetter: ({ data }) => data && statuses.indexOf(deriveStatus(data)),
    cellRenderer: StatusCell,
  },
  {
    colId: 'source',
    headerName: 'Last change by',
    width: 136,
    valueGetter: ({ data }) => data && latestOrigin(data)?.at,
    cellRenderer: SourceCell,
  },
  { colId: 'aircraft', headerName: 'Aircraft', flex: 1, minWidth: 130, valueGetter: readAircraft },
  {
    colId: 'menu',
    headerName: 'Actions',
    headerClass: 'fl-quiet',
    width: 46,
    sortable: false,
    resizable: false,
    cellRenderer: MenuCell,
  },
]

/** The columns of the board. */
export function createColumns(): Column[] {
  return [...scheduleColumns, gateColumn, ...stateColumns]
}

/** While the gate is typed, Tab keeps it and goes on; `/` and `?` on a gate are not the beginning of a name. */
function keepForBoard({ api, editing, event }: SuppressKeyboardEventParams<Departure>): boolean {
  if (!editing) return event.key === '/' || event.key === '?'
  if (event.key !== 'Tab') return false
  event.preventDefault()
  api.stopEditing()
  if (event.shiftKey) api.tabToPreviousCell()
  else api.tabToNextCell()
  return true
}

function readTooltip({ data, colDef, context }: ITooltipParams<Departure, unknown, GridContext>): string {
  const id = colDef && 'colId' in colDef ? colDef.colId : undefined
  if (!data || !isColumn(id)) return ''
  return provenance(data, id, { ...context.times(data), wall: context.wall() })
}

function readFlight({ data }: { data: Departure | undefined }): string {
  return data ? flightName(data) : ''
}

function readAircraft({ data }: { data: Departure | undefined }): string {
  return [data?.aircraft?.registration, data?.aircraft?.type].filter(Boolean).join(' · ')
}

function isOver(departure: Departure): boolean {
  return departure.cancelled !== undefined || departure.offBlockAt !== undefined
}

const known: ReadonlySet<string> = new Set(columnIds)

function isColumn(id: string | undefined): id is ColumnId {
  return id !== undefined && known.has(id)
}
