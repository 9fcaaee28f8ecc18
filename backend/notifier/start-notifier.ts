import { randomUUID } from 'node:crypto'
import type { PendingSubscription } from '../../src/shared/desk/subscriptions.ts'
import type { LogReader } from '../../src/shared/ports/event-log.ts'
import type { Part, PartHealth } from '../part.ts'
import { type Lane, startLane } from '../work/lane.ts'
import { type Leadership, startLeadership } from '../work/leadership.ts'
import { createBreather } from './breathe.ts'
import type { NotifierContext } from './context.ts'
import { createBroadcastHandler } from './decide/decide-broadcasts.ts'
import { createChangeHandler } from './decide/decide-changes.ts'
import { decideDue } from './decide/decide-due.ts'
import { createDecisionLock, type DecisionLock } from './decide/decision-lock.ts'
import type { DispatchContext } from './dispatch/dispatch-context.ts'
import { createDispatchStep } from './dispatch/dispatch-step.ts'
import { createNoticeCache } from './dispatch/notice-cache.ts'
import { createSettledEvents } from './dispatch/settled-events.ts'
import { createMailboxChannel } from './email/mailbox-channel.ts'
import { createSmtpChannel } from './email/smtp-channel.ts'
import { createFanOutStep } from './fan-out/fan-out-step.ts'
import { BROADCAST_GROUP, CHANGE_GROUP, readHealth } from './health.ts'
import { createLinks, type Links } from './messages/links.ts'
import { createMessageWriter } from './messages/message-writer.ts'
import { createNotifierMetrics } from './metrics.ts'
import type { NotifierParts } from './parts.ts'
import { sendConfirmation } from './send-confirmation.ts'

/** The part of the backend that tells passengers. */
export interface Notifier extends Part {
  health(): Promise<PartHealth>
  /** Mails a confirmation link; see `POST /api/notifications`. */
  sendConfirmation(pending: PendingSubscription): Promise<void>
}

// A sender in the middle of a slow attempt gets this long before its connections are cut; the whole backend has 20 s.
const PATIENCE_AT_CLOSE = 8_000

/** Starts deciding, fanning out and sending. */
export async function startNotifier(parts: NotifierParts): Promise<Notifier> {
  const own = { figures: createNotifierMetrics(parts.metrics), breathe: createBreather(), owner: randomUUID() }
  const context: NotifierContext = { ...parts, ...own }
  const links = createLinks(parts.settings.publicUrl)
  const lock = createDecisionLock(context)
  const leadership = await lead(context)
  const dispatch = prepareDispatch(context, links, leadership)
  const lanes = startLanes(dispatch, lock)
  const readers = await startReaders(context, lock, lanes.fanOut.wake)
  return {
    name: 'notifier',
    health: () => readHealth(context, { isSender: leadership.isHeld(), failing: failingOf(lanes) }),
    sendConfirmation: (pending) => sendConfirmation({ ...dispatch, links }, pending),
    close: () => closeAll({ readers, lanes, dispatch, leadership }),
  }
}

function lead({ owner, settings, stores, clock, logger }: NotifierContext): Promise<Leadership> {
  const ttl = settings.leaseTtl ?? 5_000
  return startLeadership({ name: 'notifier-dispatch', owner, ttl, leases: stores.leases, clock, logger })
}

function prepareDispatch(context: NotifierContext, links: Links, leadership: Leadership): DispatchContext {
  const { smtp } = context.settings
  return {
    ...context,
    mailbox: createMailboxChannel(context.stores.mailbox, context.clock),
    smtp: smtp && createSmtpChannel(smtp),
    write: createMessageWriter({ links, places: context.places }),
    findNotice: createNoticeCache(context),
    events: createSettledEvents(context),
    isSender: leadership.isHeld,
  }
}

interface Lanes {
  readonly due: Lane
  readonly fanOut: Lane
  readonly dispatch: Lane
}

function startLanes(context: DispatchContext, lock: DecisionLock): Lanes {
  const { logger, isSender, settings } = context
  const common = { interval: settings.pollEvery ?? 250, logger }
  const dispatch = startLane({ ...common, name: 'dispatch', work: createDispatchStep(context) })
  const work = createFanOutStep(context, { isSender, onQueued: dispatch.wake })
  const fanOut = startLane({ ...common, name: 'fan-out', work })
  const due = startLane({
    ...common,
    name: 'due',
    async work() {
      const isTold = isSender() && (await decideDue(context, lock))
      if (isTold) fanOut.wake()
      return isTold
    },
  })
  return { due, fanOut, dispatch }
}

async function startReaders(
  context: NotifierContext,
  lock: DecisionLock,
  onNotice: () => void,
): Promise<readonly LogReader[]> {
  const { log } = context
  return Promise.all([
    log.consume('flight_updates', { group: CHANGE_GROUP }, createChangeHandler(context, lock, onNotice)),
    log.consume('broadcasts', { group: BROADCAST_GROUP }, createBroadcastHandler(context, onNotice)),
  ])
}

function failingOf(lanes: Lanes): readonly string[] {
  const all: readonly Lane[] = Object.values(lanes)
  return all.filter((lane) => lane.failures() > 0).map((lane) => lane.name)
}

interface Running {
  readonly readers: readonly LogReader[]
  readonly lanes: Lanes
  readonly dispatch: DispatchContext
  readonly leadership: Leadership
}

async function closeAll({ readers, lanes, dispatch, leadership }: Running): Promise<void> {
  await Promise.all(readers.map((reader) => reader.close()))
  const all: readonly Lane[] = Object.values(lanes)
  const ended = Promise.all(all.map((lane) => lane.close()))
  const cancel = dispatch.timer.after(PATIENCE_AT_CLOSE, () => void dispatch.smtp?.close())
  await ended
  cancel()
  await dispatch.events.flush()
  await Promise.all([dispatch.smtp?.close(), dispatch.mailbox.close()])
  await leadership.close()
}
