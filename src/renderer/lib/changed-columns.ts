import { delayMinutes } from '../../shared/domain/delay.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { deriveStatus } from '../../shared/domain/status.ts'
import { isSame } from '../../shared/lib/is-same.ts'

/** Columns of the board, by the id that grid, marks and pending commands share. */
export const columnIds = [
  'time',
  'flight',
  'origin',
  'destination',
  'gate',
  'estimate',
  'delay',
  'status',
  'source',
  'aircraft',
] as const

/** A member of {@link columnIds}. */
export type ColumnId = (typeof columnIds)[number]

type Shown = (departure: Departure) => unknown

// What each column shows. The source column is left out: it changes with every revision and would always be marked.
const shown: Readonly<Partial<Record<ColumnId, Shown>>> = {
  time: ({ scheduledAt }) => scheduledAt,
  flight: ({ codeshares, remark }) => [codeshares, remark],
  destination: ({ destination, diverted }) => [destination, diverted?.airport, diverted !== undefined],
  gate: ({ gate, terminal, stand }) => [gate, terminal, stand],
  estimate: ({ estimatedAt, offBlockAt, nextInformationAt, feedEstimatedAt }) => [
    estimatedAt,
    offBlockAt,
    nextInformationAt,
    feedEstimatedAt,
  ],
  delay: (departure) => [delayMinutes(departure), departure.delays, departure.nextInformationAt],
  status: (departure) => [deriveStatus(departure), departure.conflicts],
  aircraft: ({ aircraft }) => aircraft,
}

/** The columns in which a reader can see a difference. */
export function changedColumns(previous: Departure, next: Departure): readonly ColumnId[] {
  return columnIds.filter((column) => !isSame(shown[column]?.(previous), shown[column]?.(next)))
}
