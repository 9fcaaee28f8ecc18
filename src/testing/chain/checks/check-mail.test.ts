import { describe, expect, test } from 'vitest'
import { messageIdOf } from '../../../../backend/notifier/messages/message-id.ts'
import type { Delivery } from '../../../shared/domain/delivery.ts'
import { delivery } from '../../fixtures/notices.ts'
import { checkMail } from './check-mail.ts'
import { departureRecord, mailExpectation, type RunOverrides, runRecord } from './sample-run.ts'

const check = (overrides?: RunOverrides) => checkMail(runRecord(overrides), mailExpectation)
const { mails } = runRecord()
const [mail] = mails
const [sent = delivery()] = departureRecord().deliveries
const withDelivery = (change: Partial<Delivery>) => ({
  departures: departureRecord({ deliveries: [{ ...sent, ...change }] }),
})

describe('checkMail', () => {
  test('finds nothing wrong where everybody has the last word once', () => {
    expect(check()).toEqual({ problems: [], uncertain: 0, repeats: 0 })
  })

  test('finds a mail that never came, and one that says something else', () => {
    expect(check({ mails: [] }).problems.join()).toContain('counts as sent and never came')
    const other = mail ? [{ ...mail, text: 'Gate B1' }] : []
    expect(check({ mails: other }).problems).toEqual(['the last mail of ada@example.com says something else'])
  })

  test('lets a mail come twice only where its delivery says so', () => {
    const twice = [...mails, ...mails]
    expect(check({ mails: twice }).problems).toEqual([expect.stringContaining('was mailed 2 times')])
    expect(check({ mails: twice, ...withDelivery({ wasUncertain: true }) })).toEqual({
      problems: [],
      uncertain: 1,
      repeats: 1,
    })
  })

  test('does not ask for the mail of a delivery that ended uncertain', () => {
    const ended = withDelivery({ state: 'uncertain', reason: 'killed', wasUncertain: true })
    expect(check({ mails: [], ...ended }).problems).toEqual([])
  })

  test.each([
    ['is still under way', { state: 'attempting' }, 'is still attempting'],
    ['failed', { state: 'failed', reason: 'no such user' }, 'failed: no such user'],
    ['ended without a reason', { state: 'suppressed' }, 'without a reason'],
    ['was suppressed and came', { state: 'suppressed', reason: 'superseded' }, 'was suppressed and came'],
  ] as const)('finds a delivery that %s', (_name, change, problem) => {
    expect(check(withDelivery(change)).problems.join()).toContain(problem)
  })

  test('finds a passenger without a delivery, and a mail without one', () => {
    expect(check({ departures: departureRecord({ deliveries: [] }) }).problems).toEqual([
      expect.stringContaining('belongs to no delivery'),
      expect.stringContaining('has not exactly one delivery'),
    ])
  })

  test('finds what nobody was ever told', () => {
    expect(check({ mails: [], departures: departureRecord({ notices: [], deliveries: [] }) }).problems).toEqual([
      expect.stringContaining('revision 2 was never told'),
    ])
  })

  test('finds an older mail that came after the last one', () => {
    const older = delivery({ noticeId: `${departureRecord().first.id}:1`, state: 'sent' })
    const departures = departureRecord({ deliveries: [older, sent] })
    const late = [...mails, { id: messageIdOf(older.id), to: 'ada@example.com', text: 'Gate B12' }]
    expect(check({ departures, mails: late }).problems).toEqual([expect.stringContaining('is not that of')])
  })
})
