import { createBreather } from '../../../backend/notifier/breathe.ts'
import type { NotifierContext } from '../../../backend/notifier/context.ts'
import type { DispatchContext } from '../../../backend/notifier/dispatch/dispatch-context.ts'
import { createNoticeCache } from '../../../backend/notifier/dispatch/notice-cache.ts'
import { createSettledEvents } from '../../../backend/notifier/dispatch/settled-events.ts'
import { createMailboxChannel } from '../../../backend/notifier/email/mailbox-channel.ts'
import { createLinks } from '../../../backend/notifier/messages/links.ts'
import { createMessageWriter } from '../../../backend/notifier/messages/message-writer.ts'
import { createNotifierMetrics } from '../../../backend/notifier/metrics.ts'
import type { NotifierParts } from '../../../backend/notifier/parts.ts'
import { type Notifier, startNotifier } from '../../../backend/notifier/start-notifier.ts'
import { systemTimer } from '../../node/clock/system-clock.ts'
import { createMetrics } from '../../node/metrics/create-metrics.ts'
import { createSealer } from '../../node/secrets/sealer.ts'
import { amend, type FactsPatch, type Stamp } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { encodeDepartureChanged } from '../../shared/events/departure-changed.ts'
import type { LogMessage } from '../../shared/ports/event-log.ts'
import type { Stores } from '../../shared/ports/stores.ts'
import type { MailboxMessage } from '../../shared/ports/system-stores.ts'
import { creation, feedStamp } from '../fixtures/amendment.ts'
import { type ManualClock, manualClock } from '../fixtures/clocks.ts'
import { departure } from '../fixtures/departure.ts'
import { openEmbeddedPair } from '../fixtures/embedded-pair.ts'
import { recordingLog } from '../fixtures/logs.ts'
import { type MemoryLog, memoryLog } from '../twins/memory-log.ts'

/** A notifier's surroundings: real embedded stores that two processes may share, a log in memory, a clock by hand. */
export interface NotifierWorld extends AsyncDisposable {
  readonly stores: Stores
  /** The same file through a second connection, as another process has it. */
  readonly otherStores: Stores
  readonly log: MemoryLog
  readonly clock: ManualClock
  readonly logger: ReturnType<typeof recordingLog>
  readonly parts: NotifierParts
  /** The context of one process; a different `owner` makes another one. */
  context(more?: Partial<NotifierContext>): NotifierContext
  /** The context of a sender; without `smtp`, everything goes to the mailbox. */
  dispatch(more?: Partial<DispatchContext>): DispatchContext
  /** Starts a whole notifier that is closed with the world. */
  start(more?: Partial<NotifierParts>): Promise<Notifier>
  /** Edits a departure and gives the event, without publishing it. */
  edit(patch: FactsPatch, more?: EditOptions): LogMessage
  /** Everything in the mailbox, oldest first. */
  mails(to?: string): Promise<readonly MailboxMessage[]>
}

/** Which departure is edited, and how it is stamped. */
interface EditOptions {
  readonly id?: string
  readonly stamp?: Partial<Stamp>
}

/** Opens a world with one departure, unless others are given. */
export async function openNotifierWorld(seed: readonly Departure[] = [departure()]): Promise<NotifierWorld> {
  const pair = await openEmbeddedPair()
  const [clock, log, logger] = [manualClock(), memoryLog(), recordingLog()]
  const present = new Map(seed.map((each) => [each.id, each]))
  await pair.first.departures.commitAll(seed.map((each) => creation(each)))
  const parts = makeParts(pair.first, { clock, log, logger })
  const started: Notifier[] = []
  return {
    ...{ stores: pair.first, otherStores: pair.second, log, clock, logger, parts },
    context: (more) => makeContext(parts, more),
    dispatch: (more) => makeDispatch(parts, more),
    async start(more) {
      const notifier = await startNotifier({ ...parts, metrics: createMetrics(), ...more })
      started.push(notifier)
      return notifier
    },
    edit(patch, { id = seed[0]?.id ?? '', stamp = {} } = {}) {
      const previous = present.get(id)
      const made =
        previous &&
        amend(previous, patch, feedStamp({ at: clock.wall(), operationalAt: clock.operational(), ...stamp }))
      if (!made) throw new Error(`the patch changes nothing of ${id}`)
      present.set(id, made.next)
      return encodeDepartureChanged({ departure: made.next, change: made.change })
    },
    mails: async (to) => (await pair.first.mailbox.list({ limit: 10_000, ...(to && { to }) })).toReversed(),
    async [Symbol.asyncDispose]() {
      for (const notifier of started) await notifier.close()
      await pair[Symbol.asyncDispose]()
    },
  }
}

function makeParts(stores: Stores, given: Pick<NotifierParts, 'clock' | 'log' | 'logger'>): NotifierParts {
  return {
    stores,
    ...given,
    timer: systemTimer,
    sealer: createSealer(new Uint8Array(32).fill(7)),
    metrics: createMetrics(),
    places: {},
    settings: { publicUrl: () => 'https://flightline.example.com', smtp: undefined, pollEvery: 5 },
  }
}

function makeContext(parts: NotifierParts, more: Partial<NotifierContext> = {}): NotifierContext {
  return {
    ...parts,
    figures: createNotifierMetrics(createMetrics()),
    breathe: createBreather(),
    owner: 'process-1',
    ...more,
  }
}

function makeDispatch(parts: NotifierParts, more: Partial<DispatchContext> = {}): DispatchContext {
  const context = makeContext(parts, more)
  return {
    ...context,
    mailbox: createMailboxChannel(context.stores.mailbox, context.clock),
    smtp: undefined,
    write: createMessageWriter({ links: createLinks(parts.settings.publicUrl), places: {} }),
    findNotice: createNoticeCache(context),
    events: createSettledEvents(context),
    isSender: () => true,
    ...more,
  }
}
