import { messageIdOf } from '../../../../backend/notifier/messages/message-id.ts'
import { toPublicDeparture } from '../../../shared/api/public-departure.ts'
import { toldFacts } from '../../../shared/domain/told-facts.ts'
import { amendment, creation } from '../../fixtures/amendment.ts'
import { departure } from '../../fixtures/departure.ts'
import { delivery, notice } from '../../fixtures/notices.ts'
import type { DepartureRecord, RunRecord } from '../run-record.ts'
import type { MailExpectation } from './check-mail.ts'

const first = departure()
const edit = amendment(first, { gate: 'C7' }, { commandId: 'command-1' })
const told = notice({ departure: edit.next, after: toldFacts(edit.next) })
const sent = delivery({ noticeId: told.id, state: 'sent' })

/** A departure whose gate was changed once, which everybody was told. */
export function departureRecord(overrides: Partial<DepartureRecord> = {}): DepartureRecord {
  return {
    first,
    final: edit.next,
    history: [creation(first).change, edit.change],
    notices: [told],
    deliveries: [sent],
    ...overrides,
  }
}

/** Parts of a run over those of a faultless one. */
export type RunOverrides = Partial<Omit<RunRecord, 'departures'>> & { readonly departures?: DepartureRecord }

/** A run in which every promise was kept. */
export function runRecord({ departures, ...overrides }: RunOverrides = {}): RunRecord {
  const record = departures ?? departureRecord()
  const logged = { departureId: first.id, commandId: undefined }
  return {
    accepted: [{ departureId: first.id, commandId: 'command-1', revision: 2, call: 'setGate' }],
    departures: new Map([[first.id, record]]),
    log: [
      { ...logged, id: `${first.id}:1`, revision: 1 },
      { ...logged, id: `${first.id}:2`, revision: 2 },
    ],
    mails: [{ id: messageIdOf(sent.id), to: 'ada@example.com', text: 'Gate C7' }],
    screens: [{ departures: new Map([[first.id, toPublicDeparture(edit.next)]]), problems: [] }],
    ...overrides,
  }
}

/** One passenger, and what her mail has to say. */
export const mailExpectation: MailExpectation = {
  passengers: [{ departureId: first.id, reference: 'ABC123', name: 'Ada', email: 'ada@example.com' }],
  recipientOf: () => sent.recipient,
  render: (_delivery, { after }) => `Gate ${after.gate}`,
}
