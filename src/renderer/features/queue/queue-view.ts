import type { Departure } from '../../../shared/domain/departure.ts'
import { factNames } from '../../../shared/domain/departure.ts'
import type { Command } from '../../api/command.ts'
import { formatAge } from '../../lib/age.ts'
import { flightName } from '../../lib/departure-view.ts'
import { type FactContext, factLabel, factText, timeText } from '../../lib/fact-text.ts'
import type { TimeMode } from '../../lib/zoned-time.ts'
import { type Clocks, isReplay } from '../../stores/clock-store.ts'
import type { CommandState, FailedCommand } from '../../stores/command-store.ts'
import { wantedFacts } from '../../stores/conflict.ts'

/** Where a command of the queue stands. */
export type QueueStage = 'sending' | 'waiting' | 'conflict' | 'refused' | 'expired'

/** One fact that a command changes. */
interface QueueField {
  readonly label: string
  readonly from: string
  readonly to: string
}

/** One command of the queue, in words. */
export interface QueueItem {
  readonly command: Command
  readonly stage: QueueStage
  /** Present when it has failed: it can be done anew. */
  readonly failed?: FailedCommand
  readonly flight: string
  readonly route: string
  readonly fields: readonly QueueField[]
  /** When it was made and until when it may be carried out, by the time of day. */
  readonly times: string
  /** Why it has failed. */
  readonly words?: string
}

/** How many commands stand where, as far as a person should know. */
export interface QueueCounts {
  readonly waiting: number
  readonly conflicts: number
  readonly failed: number
}

/** In which time the queue is read, and the clocks: ages and facts without a time of their own count by them. */
export interface QueueContext {
  readonly mode: TimeMode
  readonly clocks: Clocks
}

/** All commands without a good end, the oldest first. */
export function toQueueItems(
  { pending, conflicts, failed }: CommandState,
  context: QueueContext,
): readonly QueueItem[] {
  const items = [
    ...failed.map((entry) => ({ ...toItem(entry.command, entry.kind, context), failed: entry, words: entry.words })),
    ...conflicts.map(({ command }) => toItem(command, 'conflict', context)),
    ...pending.map(({ command, stage }) => toItem(command, stage, context)),
  ]
  return items.sort((left, right) => left.command.madeAt - right.command.madeAt)
}

/** Counts what waits; what is being sent has its answer in a moment, and a number that flickers says nothing. */
export function countQueue({ pending, conflicts, failed }: CommandState): QueueCounts {
  const waiting = pending.filter(({ stage }) => stage === 'waiting').length
  return { waiting, conflicts: conflicts.length, failed: failed.length }
}

/** The counts in words, the worst first; empty when there is nothing to say. */
export function queueLabel({ waiting, conflicts, failed }: QueueCounts): string {
  const words = [
    failed > 0 && `${failed} not made`,
    conflicts > 0 && `${conflicts} in conflict`,
    waiting > 0 && `${waiting} waiting`,
  ]
  return words.filter(Boolean).join(', ')
}

function toItem(command: Command, stage: QueueStage, { mode, clocks }: QueueContext): QueueItem {
  const { base } = command
  const times = { zone: base.originZone, mode }
  return {
    command,
    stage,
    flight: flightName(base),
    route: `${base.origin} to ${base.destination}, scheduled ${timeText(base.scheduledAt, times)}`,
    fields: fieldsOf(command, { ...times, operational: clocks.operational }),
    times: timesOf(command, times, clocks),
  }
}

/** On a replayed day the screen's clock is another one, so it says which one counts. */
function timesOf({ base, madeAt, validUntil }: Command, times: FactContext, clocks: Clocks): string {
  const zone = isReplay(clocks) ? ', time of day' : ''
  const made = `Made ${formatAge(clocks.wall - madeAt)} ago (${timeText(madeAt, times)})`
  return `${made}, valid until ${timeText(validUntil, times)}${zone}. Based on revision ${base.revision}.`
}

function fieldsOf(command: Command, context: FactContext & Pick<Clocks, 'operational'>): readonly QueueField[] {
  const { base, body } = command
  const facts = wantedFacts(body, base, context.operational)
  const named = factNames.filter((name) => name in facts && (base[name] ?? facts[name] ?? undefined) !== undefined)
  return named.map((name) => ({
    label: factLabel(name),
    from: textOf(name, base),
    to: factText(name, facts[name], context),
  }))

  function textOf(name: (typeof factNames)[number], departure: Departure): string {
    return factText(name, departure[name], context)
  }
}
