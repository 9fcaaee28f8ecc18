import type { PushFigures, SystemProcess, SystemSnapshot } from '../../../shared/api/system-schemas.ts'
import { formatLongAge } from '../../lib/age.ts'
import { formatBytes, formatCount, formatRate } from './figure-text.ts'
import { rateOf } from './readings.ts'

/** One process, as a line of the table. */
export interface ProcessRow {
  readonly name: string
  /** In the order of {@link processColumns}. */
  readonly cells: readonly string[]
}

/** The columns besides the name, with what they mean. */
export const processColumns: readonly { readonly label: string; readonly means: string }[] = [
  { label: 'Running', means: 'Since the process was started' },
  { label: 'Memory', means: 'Resident memory' },
  { label: 'Loop lag', means: 'By how much turns of the event loop are late' },
  { label: 'Sockets', means: 'Open sockets of passengers and displays' },
  { label: 'On all', means: 'Sockets that follow every flight' },
  { label: 'Flights', means: 'Flights that somebody chose' },
  { label: 'Behind', means: 'Sockets that have not taken all they were sent' },
  { label: 'Queued', means: 'Bytes that wait for them' },
  { label: 'Waiting', means: 'Handshakes that wait for their turn' },
  { label: 'Frames', means: 'Frames written to sockets' },
  { label: 'Conflated', means: 'Frames replaced by a newer one while they waited' },
]

/** A line for each process of the last reading. */
export function toProcessRows(readings: readonly SystemSnapshot[]): readonly ProcessRow[] {
  const last = readings.at(-1)
  return (last?.processes ?? []).map((process) => ({
    name: process.name,
    cells: [
      last && process.startedAt > 0 ? formatLongAge(last.at - process.startedAt) : '–',
      process.memory > 0 ? formatBytes(process.memory) : '–',
      ...(process.push ? gatewayCells(readings, process, process.push) : []),
    ],
  }))
}

function gatewayCells(readings: readonly SystemSnapshot[], { name }: SystemProcess, push: PushFigures) {
  return [
    `${push.eventLoopLag < 10 ? push.eventLoopLag.toFixed(1) : formatCount(push.eventLoopLag)} ms`,
    formatCount(push.sockets),
    formatCount(push.followingAll),
    formatCount(push.flights),
    formatCount(push.behind),
    formatBytes(push.queuedBytes),
    formatCount(push.handshakes),
    formatRate(rateOf(readings, name, ({ frames }) => frames)),
    formatRate(rateOf(readings, name, ({ conflated }) => conflated)),
  ]
}
