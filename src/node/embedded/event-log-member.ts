import { setImmediate } from 'node:timers/promises'
import type { BatchHandler, LogRecord } from '../../shared/ports/event-log.ts'
import type { Log } from '../../shared/ports/log.ts'
import { handOver, type Receiver } from '../readers/hand-over.ts'
import { backOff, pause } from '../readers/pause.ts'
import type { EmbeddedDatabase } from './database.ts'
import { type GroupTopic, LEASE, type LogGroups, type Membership } from './event-log-groups.ts'
import type { LogRecords } from './event-log-records.ts'
import { createWake, type Wake } from './event-log-wake.ts'

// How often a member without the lease looks whether it is free, and one with it renews it.
const LOOK_EVERY = LEASE / 6

/** What a group reader is made from. */
export interface MemberParts {
  readonly database: EmbeddedDatabase
  readonly records: LogRecords
  readonly groups: LogGroups
  readonly logger: Log
  readonly of: GroupTopic
  readonly handle: BatchHandler
}

interface MemberContext {
  readonly parts: MemberParts
  readonly membership: Membership
  readonly wake: Wake
  readonly receiver: Receiver
}

/** Reads while it holds the lease, waits for the lease otherwise; until `signal` is aborted. */
export async function readAsMember(parts: MemberParts, signal: AbortSignal): Promise<void> {
  using wake = createWake(parts.database, LOOK_EVERY, signal)
  const { handle, logger } = parts
  const membership = parts.groups.join(parts.of)
  const context = { parts, membership, wake, receiver: { handle, logger, signal } }
  for (let failures = 0; !signal.aborted; ) {
    try {
      await readOn(context)
      failures = 0
    } catch (err) {
      logger.warn({ err, ...parts.of }, 'a group could not read the log; trying again')
      await pause(backOff(failures), signal)
      failures += 1
    }
  }
  quietly(context, () => membership.leave())
}

async function readOn(context: MemberContext): Promise<void> {
  const { membership, wake, receiver } = context
  const found = membership.hold() ? readNext(context) : []
  const last = found.at(-1)
  if (!last) return wake.wait()
  const isTaken = await whileHolding(context, () => handOver(receiver, found))
  // Not committed, the batch comes again here or elsewhere.
  if (isTaken) membership.commit(last.offset + 1)
  await setImmediate()
}

function readNext({ parts }: MemberContext): readonly LogRecord[] {
  const { records, groups, logger, of } = parts
  const [least = 0] = records.beginning(of.topic).offsets
  const next = groups.committed(of) ?? least
  if (next < least) logger.error({ ...of, next, least }, 'records were removed before this group had read them')
  return records.read(of.topic, Math.max(next, least))
}

/** A handler may take longer than the lease lasts: it is renewed as long as the thread is alive. */
async function whileHolding<Result>(context: MemberContext, work: () => Promise<Result>): Promise<Result> {
  const renewal = setInterval(() => quietly(context, () => context.membership.hold()), LOOK_EVERY).unref()
  try {
    return await work()
  } finally {
    clearInterval(renewal)
  }
}

/** A lease that cannot be written runs out, which is safe. */
function quietly({ parts }: MemberContext, work: () => void): void {
  try {
    work()
  } catch (err) {
    parts.logger.warn({ err, ...parts.of }, 'the lease of a group could not be written')
  }
}
