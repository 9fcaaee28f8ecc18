import { cancellationReasons, isCancellationReason } from '../../shared/domain/cancellation.ts'
import type { FactName } from '../../shared/domain/departure.ts'
import { zoneLabel } from '../../shared/lib/zone-label.ts'
import { formatClock, type TimeMode, zoneOf } from './zoned-time.ts'

/** In which time facts are written. */
export interface FactContext {
  readonly zone: string
  readonly mode: TimeMode
}

const labels: Readonly<Record<FactName, string>> = {
  scheduledAt: 'Schedule',
  estimatedAt: 'Estimate',
  feedEstimatedAt: "Feed's estimate",
  boardingAt: 'Boarding',
  finalCallAt: 'Final call',
  gateClosedAt: 'Gate closed',
  offBlockAt: 'Off block',
  takeOffAt: 'Take-off',
  returnedAt: 'Return to stand',
  scheduledArrivalAt: 'Scheduled arrival',
  estimatedArrivalAt: 'Estimated arrival',
  landedAt: 'Landed',
  inBlockAt: 'In block',
  terminal: 'Terminal',
  gate: 'Gate',
  stand: 'Stand',
  aircraft: 'Aircraft',
  delays: 'Delay reasons',
  cancelled: 'Cancellation',
  diverted: 'Diversion',
  nextInformationAt: 'Next information',
  conflicts: 'Conflict',
  remark: 'Remark',
}

/** What stands where a fact is absent. */
export const NOTHING = 'none'

/** The name of a fact as staff read it. */
export function factLabel(name: FactName): string {
  return labels[name]
}

/** A fact's value as staff read it; times with their zone. Values come from histories, so nothing about them is taken for granted. */
export function factText(name: FactName, value: unknown, context: FactContext): string {
  if (value === undefined || value === null) return NOTHING
  if (name === 'delays') return listText(value, reasonText)
  if (name === 'conflicts') return listText(value, (item) => conflictText(item, context))
  if (name === 'cancelled') return cancellationText(value, context)
  if (name === 'diverted') return textMember(value, 'airport') ?? 'airport not known'
  if (name === 'aircraft')
    return [textMember(value, 'registration'), textMember(value, 'type')].filter(Boolean).join(' ')
  if (typeof value === 'number') return timeText(value, context)
  return String(value)
}

/** A time with the name of its zone, e.g. `14:05 EST`. */
export function timeText(instant: number, { zone, mode }: FactContext): string {
  const shown = zoneOf(mode, zone)
  return `${formatClock(instant, shown)} ${zoneLabel(shown, instant)}`
}

function listText(value: unknown, write: (item: unknown) => string): string {
  return Array.isArray(value) && value.length > 0 ? value.map(write).join(', ') : NOTHING
}

function reasonText(reason: unknown): string {
  const minutes = member(reason, 'minutes')
  return `${textMember(reason, 'code') ?? '?'}${textMember(reason, 'sub') ?? ''} (${minutes} min)`
}

function conflictText(conflict: unknown, context: FactContext): string {
  const value = member(conflict, 'value')
  const when = typeof value === 'number' ? ` ${timeText(value, context)}` : ''
  return `${textMember(conflict, 'source') ?? 'another source'} reports off block${when} while cancelled`
}

function cancellationText(value: unknown, context: FactContext): string {
  const reason = textMember(value, 'reason')
  const at = member(value, 'at')
  const when = typeof at === 'number' ? `cancelled ${timeText(at, context)}` : 'cancelled'
  if (reason === undefined) return when
  return `${when}: ${isCancellationReason(reason) ? cancellationReasons[reason] : reason}`
}

function textMember(value: unknown, name: string): string | undefined {
  const found = member(value, name)
  return typeof found === 'string' ? found : undefined
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
