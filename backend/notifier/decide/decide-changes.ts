import { decideNotice, type NoticeOutcome } from '../../../src/shared/domain/notice-policy.ts'
import { type DepartureChanged, decodeDepartureChanged } from '../../../src/shared/events/departure-changed.ts'
import type { BatchHandler, LogRecord } from '../../../src/shared/ports/event-log.ts'
import type { ToldState } from '../../../src/shared/ports/notice-stores.ts'
import type { NotifierContext } from '../context.ts'
import type { DecisionLock } from './decision-lock.ts'
import { keepOutcomes } from './keep-outcomes.ts'
import { createPace } from './pace.ts'
import { readOrBury } from './read-or-bury.ts'

// Decided and written together: the three writes of an event cost the same for one as for many.
const SLICE = 100

// Milliseconds. Single changes that follow each other closely are decided together, too; passengers wait no longer for
// it than a mail server takes to say hello, while screens are not held up by so many small writes.
const PAUSE = 100

/**
 * Handles changes of departures: decides each and keeps the outcome.
 * @param onNotice - called when somebody is to be told
 */
export function createChangeHandler(context: NotifierContext, lock: DecisionLock, onNotice: () => void): BatchHandler {
  const pace = createPace(context.timer, PAUSE)
  return async (records) => {
    if (records.length < SLICE) await pace()
    const events = await readOrBury(context, records, (record) => decodeDepartureChanged(record.value))
    for (let start = 0; start < events.length; start += SLICE) {
      const outcomes = await lock(() => decideSlice(context, events.slice(start, start + SLICE)))
      if (outcomes.some(({ notice }) => notice)) onNotice()
    }
  }
}

interface ReadEvent {
  readonly record: LogRecord
  readonly event: DepartureChanged
}

async function decideSlice(context: NotifierContext, events: readonly ReadEvent[]): Promise<readonly NoticeOutcome[]> {
  const states = new Map<string, ToldState | undefined>()
  const outcomes: NoticeOutcome[] = []
  for (const { event } of events) {
    const { id } = event.departure
    if (!states.has(id)) states.set(id, await context.stores.notices.state(id))
    const { mergeWindow } = context.settings
    const outcome = decideNotice({ state: states.get(id), event, now: context.clock.wall(), mergeWindow })
    if (outcome) {
      states.set(id, outcome.next)
      outcomes.push(outcome)
    }
    await context.breathe()
  }
  await keepOutcomes(context, outcomes)
  return outcomes
}
