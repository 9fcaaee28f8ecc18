import type { HistoryEntry } from '../../../shared/api/schemas.ts'
import type { Change } from '../../../shared/domain/change.ts'
import { type DeliveryState, deliveryStates, isSettled } from '../../../shared/domain/delivery.ts'
import { factNames } from '../../../shared/domain/departure.ts'
import { type FactContext, factLabel, factText, timeText } from '../../lib/fact-text.ts'

/** One field of a change, old to new. */
export interface HistoryField {
  readonly label: string
  readonly from: string
  readonly to: string
}

/** One entry of a history, in words. */
export interface HistoryItem {
  readonly id: string
  readonly revision: number
  readonly when: string
  /** The operational time where it is not the time of day. */
  readonly operational?: string
  readonly who: string
  readonly isByPerson: boolean
  readonly fields: readonly HistoryField[]
  /** What was decided about telling passengers. */
  readonly decision?: string
  readonly deliveries: readonly string[]
}

// Acceptances seconds apart on the two clocks are the same moment for a reader.
const SAME_TIME = 60_000

const outcomes = {
  told: 'Passengers told',
  merged: 'Merged into another notice',
  silent: 'Passengers not told',
} as const

/** Writes a history, newest first. */
export function toHistoryItems(entries: readonly HistoryEntry[], context: FactContext): readonly HistoryItem[] {
  return entries.map((entry) => toHistoryItem(entry, context)).reverse()
}

/**
 * Whether more may come: the change of `revision` is written down only when it is published, and decisions and
 * deliveries follow later.
 */
export function isUnfinished(entries: readonly HistoryEntry[], revision: number): boolean {
  if ((entries.at(-1)?.change.revision ?? 0) < revision) return true
  return entries.slice(-5).some(({ change, decision, deliveries }) => {
    if (change.historical) return false
    return !decision || openStates.some((state) => (deliveries?.[state] ?? 0) > 0)
  })
}

const openStates = deliveryStates.filter((state) => !isSettled(state))

function toHistoryItem({ change, decision, deliveries }: HistoryEntry, context: FactContext): HistoryItem {
  const isReplayed = Math.abs(change.operationalAt - change.at) > SAME_TIME
  return {
    id: change.id,
    revision: change.revision,
    when: timeText(change.at, context),
    ...(isReplayed && { operational: timeText(change.operationalAt, context) }),
    who: whoText(change),
    isByPerson: change.by !== undefined,
    fields: fieldsOf(change, context),
    ...(decision && { decision: decisionText(decision) }),
    deliveries: deliveries ? countsText(deliveries) : [],
  }
}

function fieldsOf(change: Change, context: FactContext): readonly HistoryField[] {
  return factNames.flatMap((name) => {
    const sides = change.fields[name]
    if (!sides) return []
    return [
      { label: factLabel(name), from: factText(name, sides.from, context), to: factText(name, sides.to, context) },
    ]
  })
}

function whoText({ by, source, historical }: Change): string {
  if (by) return `${by.name} (${by.role})`
  const names = { schedule: 'Schedule', feed: 'Feed', desk: 'Desk', import: 'Import', external: 'External system' }
  return historical ? `${names[source]}, before the start of the day` : names[source]
}

/** The notifier's reason often begins with the outcome, which is written out already. */
function decisionText({ outcome, reason }: NonNullable<HistoryEntry['decision']>): string {
  return `${outcomes[outcome]}: ${reason.replace(new RegExp(`^${outcome}:\\s*`), '')}`
}

function countsText(counts: Readonly<Record<DeliveryState, number>>): readonly string[] {
  return deliveryStates.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`)
}
