import { join } from 'node:path'
import { loadReference } from '../../../backend/ingest/reference/reference-data.ts'
import { createLinks } from '../../../backend/notifier/messages/links.ts'
import { createMessageWriter } from '../../../backend/notifier/messages/message-writer.ts'
import { findPackageRoot } from '../../node/config/package-root.ts'
import { loadKey } from '../../node/secrets/load-key.ts'
import { createSealer } from '../../node/secrets/sealer.ts'
import { checkEdits } from './checks/check-edits.ts'
import { checkLog } from './checks/check-log.ts'
import { checkMail, type MailExpectation } from './checks/check-mail.ts'
import { checkScreens } from './checks/check-screens.ts'
import type { RunRecord } from './run-record.ts'
import type { StationDay } from './station.ts'
import type { ChainSystem } from './system.ts'

/** What the checks say about a run. */
export interface CrashVerdict {
  /** Broken promises, one line each; empty is what must be. */
  readonly problems: readonly string[]
  readonly kills: number
  /** Records on the log that repeat an id. */
  readonly repeatsOnLog: number
  readonly mails: number
  readonly repeatedMails: number
  readonly uncertain: number
  readonly mostUncertain: number
}

export interface RunFrame {
  readonly system: ChainSystem
  readonly day: StationDay
  /** Deaths of any process that may leave an attempt without an answer. */
  readonly kills: number
}

// What the sender has in hand with a mail server: one batch. The mailbox can always tell what it has.
const IN_FLIGHT = { embedded: 0, connected: 10 } as const

/** Checks all promises. */
export async function judgeRun(record: RunRecord, frame: RunFrame): Promise<CrashVerdict> {
  const log = checkLog(record)
  const mail = checkMail(record, await expectMail(frame))
  const mostUncertain = frame.kills * IN_FLIGHT[frame.system.mode]
  const tooMany = mail.uncertain > mostUncertain ? [`${mail.uncertain} deliveries are uncertain`] : []
  return {
    problems: [...checkEdits(record), ...log.problems, ...checkScreens(record), ...mail.problems, ...tooMany],
    kills: frame.kills,
    repeatsOnLog: log.repeats,
    mails: record.mails.length,
    repeatedMails: mail.repeats,
    uncertain: mail.uncertain,
    mostUncertain,
  }
}

async function expectMail({ system, day }: RunFrame): Promise<MailExpectation> {
  const { backend } = system
  const reference = await loadReference(join(findPackageRoot(), 'resources', 'reference'))
  const sealer = createSealer(loadKey({ dataFolder: backend.dataFolder }))
  const write = createMessageWriter({
    links: createLinks(() => backend.url),
    places: Object.fromEntries(reference.airports),
  })
  return {
    passengers: day.passengers,
    recipientOf: sealer.blindIndex,
    render: (delivery, notice, { email, name, departureId }) => {
      const bookedNumber = departureId.slice(0, departureId.indexOf('-'))
      return write(delivery, notice, { address: email, name, language: 'en', bookedNumber }).text
    },
  }
}
