import { messageIdOf } from '../../../../backend/notifier/messages/message-id.ts'
import { type Delivery, isSettled } from '../../../shared/domain/delivery.ts'
import type { Notice } from '../../../shared/domain/notice.ts'
import type { DepartureRecord, MailAsReceived, RunRecord } from '../run-record.ts'
import type { BookedPassenger } from '../station.ts'
import { isTold } from './is-told.ts'

/** How passengers are known to the deliveries, and what a message to them has to say. */
export interface MailExpectation {
  readonly passengers: readonly BookedPassenger[]
  /** The keyed hash of an address. */
  readonly recipientOf: (email: string) => string
  /** The text of a notice to a passenger. */
  readonly render: (delivery: Delivery, notice: Notice, passenger: BookedPassenger) => string
}

/** What was found about the mails of a run. */
export interface MailVerdict {
  /** One line each. */
  readonly problems: readonly string[]
  /** Deliveries of which somebody's death left open whether they were accepted. */
  readonly uncertain: number
  /** Mails beyond the first with the same Message-ID. */
  readonly repeats: number
}

type Given = Pick<RunRecord, 'departures' | 'mails'>

/** Promise 4: everybody's last mail tells how things stand, nobody got the same twice, and every delivery has an end. */
export function checkMail({ departures, mails }: Given, expected: MailExpectation): MailVerdict {
  const byId = Map.groupBy(mails, ({ id }) => id)
  const deliveries = [...departures.values()].flatMap((record) => record.deliveries)
  const known = new Set(deliveries.map(({ id }) => messageIdOf(id)))
  const problems = [
    ...mails.filter(({ id }) => !known.has(id)).map(({ id }) => `mail ${id} belongs to no delivery`),
    ...deliveries.flatMap((delivery) => checkDelivery(delivery, byId.get(messageIdOf(delivery.id)) ?? [])),
    ...[...departures.values()].flatMap(checkTold),
    ...expected.passengers.flatMap((passenger) => checkPassenger({ departures, mails }, expected, passenger)),
  ]
  return {
    problems,
    uncertain: deliveries.filter(({ wasUncertain }) => wasUncertain).length,
    repeats: mails.length - byId.size,
  }
}

function checkDelivery({ id, state, reason, wasUncertain }: Delivery, mails: readonly MailAsReceived[]): string[] {
  const problems: string[] = []
  if (!isSettled(state)) problems.push(`${id} is still ${state}`)
  if (state === 'failed') problems.push(`${id} failed: ${reason}`)
  if (state !== 'sent' && isSettled(state) && !reason) problems.push(`${id} is ${state} without a reason`)
  if (mails.length > 1 && !wasUncertain) problems.push(`${id} was mailed ${mails.length} times`)
  if (state === 'sent' && mails.length === 0) problems.push(`${id} counts as sent and never came`)
  if (state === 'suppressed' && mails.length > 0 && !wasUncertain) problems.push(`${id} was suppressed and came`)
  return problems
}

/** What was told last is how things stand, whoever it reached. */
function checkTold({ first, final, notices }: DepartureRecord): readonly string[] {
  const known = notices.at(-1)?.after ?? first
  const knownFacts = 'scheduledAt' in known ? plainFacts(known) : known
  return isTold(knownFacts, final) ? [] : [`${final.id}: revision ${final.revision} was never told`]
}

function plainFacts({ gate, terminal, estimatedAt }: DepartureRecord['first']) {
  return { ...(gate && { gate }), ...(terminal && { terminal }), ...(estimatedAt !== undefined && { estimatedAt }) }
}

function checkPassenger({ departures, mails }: Given, expected: MailExpectation, passenger: BookedPassenger): string[] {
  const record = departures.get(passenger.departureId)
  const notice = record?.notices.at(-1)
  if (!record || !notice) return []
  const { email } = passenger
  const recipient = expected.recipientOf(email)
  const mine = record.deliveries.filter((delivery) => delivery.recipient === recipient)
  const missing = record.notices.filter(({ id }) => mine.filter(({ noticeId }) => noticeId === id).length !== 1)
  const problems = missing.map(({ id }) => `${email} has not exactly one delivery of ${id}`)
  const last = mine.find(({ noticeId }) => noticeId === notice.id)
  // An uncertain end is on record as such: whether the mail is there cannot be demanded.
  if (!last || last.state === 'uncertain') return problems
  return [...problems, ...checkLast(mails, { email, last, text: expected.render(last, notice, passenger) })]
}

interface LastMail {
  readonly email: string
  readonly last: Delivery
  readonly text: string
}

function checkLast(mails: readonly MailAsReceived[], { email, last, text }: LastMail): readonly string[] {
  const received = mails.findLast(({ to }) => to === email)
  if (received?.id !== messageIdOf(last.id)) return [`the last mail of ${email} is not that of ${last.noticeId}`]
  return squeeze(received.text) === squeeze(text) ? [] : [`the last mail of ${email} says something else`]
}

/** Mail programs and servers break lines as they like. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
