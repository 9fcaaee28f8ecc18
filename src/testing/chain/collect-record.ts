import type { Engine } from '../../node/engine/open-engine.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import type { Notice } from '../../shared/domain/notice.ts'
import type { AcceptedEdit } from './desk.ts'
import type { PassengerScreen } from './passenger-screen.ts'
import { readChanges } from './read-log.ts'
import type { DepartureRecord, MailAsReceived, RunRecord } from './run-record.ts'
import { readServerMails } from './server-mails.ts'
import type { ChainSystem } from './system.ts'

/** What only the run itself knows. */
export interface RunMemory {
  readonly first: ReadonlyMap<string, Departure>
  readonly accepted: readonly AcceptedEdit[]
  readonly screens: readonly PassengerScreen[]
}

/** Reads everything that a run left behind. */
export async function collectRecord(system: ChainSystem, engine: Engine, memory: RunMemory): Promise<RunRecord> {
  const departures = new Map<string, DepartureRecord>()
  for (const [id, first] of memory.first) departures.set(id, await readDeparture(engine, first))
  return {
    accepted: memory.accepted,
    departures,
    log: await readChanges(engine.log),
    mails: readServerMails(system) ?? (await readMailbox(engine)),
    screens: memory.screens,
  }
}

async function readDeparture({ stores }: Engine, first: Departure): Promise<DepartureRecord> {
  const { id } = first
  const [final, history, decisions, deliveries] = await Promise.all([
    stores.departures.get(id),
    stores.history.list(id),
    stores.notices.decisions(id),
    stores.deliveries.listByDeparture(id),
  ])
  if (!final) throw new Error(`${id} is gone`)
  const ids = decisions.flatMap(({ outcome, noticeId }) => (outcome === 'told' && noticeId ? [noticeId] : []))
  const found = await Promise.all(ids.map((noticeId) => stores.notices.get(noticeId)))
  const sequences = new Map(deliveries.map(({ noticeId, sequence }) => [noticeId, sequence]))
  const orderOf = (notice: Notice) => sequences.get(notice.id) ?? Number.POSITIVE_INFINITY
  const notices = found.filter((notice) => notice !== undefined).sort((one, other) => orderOf(one) - orderOf(other))
  return { first, final, history, notices, deliveries }
}

/** The embedded mailbox: the oldest first. */
async function readMailbox({ stores }: Engine): Promise<readonly MailAsReceived[]> {
  const newestFirst = await stores.mailbox.list({ limit: 1_000_000 })
  return newestFirst.toReversed().map(({ id, to, text }) => ({ id, to, text }))
}
