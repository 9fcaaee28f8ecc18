import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../../src/shared/domain/instant.ts'
import type { Notice } from '../../../src/shared/domain/notice.ts'
import { departure, NOON } from '../../../src/testing/fixtures/departure.ts'
import { notice } from '../../../src/testing/fixtures/notices.ts'
import { describeNotice } from './describe-notice.ts'
import { createLinks } from './links.ts'

const parts = { links: createLinks(() => 'https://flightline.example.com/'), places: { SJU: { name: 'San Juan' } } }
const english = { language: 'en-US', bookedNumber: 'B6739' }
const about = departure({ estimatedAt: NOON + 4 * HOUR, delays: [{ scheme: 'AHM730', code: '71', minutes: 120 }] })

function delayNotice(more: Partial<Notice> = {}): Notice {
  return notice({
    kind: 'delay',
    kinds: ['delay'],
    departure: about,
    before: { revision: 1, gate: 'B12', terminal: '5', estimatedAt: NOON + 3 * HOUR },
    after: { revision: 2, gate: 'B12', terminal: '5', estimatedAt: NOON + 4 * HOUR },
    ...more,
  })
}

const rowsOf = (given: Notice, reader = english) =>
  Object.fromEntries(describeNotice(given, reader, parts).rows.map(({ label, value }) => [label, value]))

describe('the letter of a delay', () => {
  test('says flight, route, date, old and new time with zone, gate and reason', () => {
    expect(rowsOf(delayNotice())).toEqual({
      Flight: 'B6 739',
      Route: 'JFK to San Juan (SJU)',
      Date: 'Friday, November 20',
      'Departure (local time at JFK)': '10:00 AM EST → 11:00 AM EST',
      Terminal: '5',
      Gate: 'B12',
      Reason: 'the weather',
    })
  })

  test('names the new time in subject and headline, and what to do', () => {
    const letter = describeNotice(delayNotice(), english, parts)
    expect(letter.subject).toBe('B6 739 to San Juan (SJU): new departure time 11:00 AM EST')
    expect(letter.headlines).toEqual(['Your flight now leaves at 11:00 AM EST.'])
    expect(letter.paragraphs[0]).toContain('never to before 9:00 AM EST')
    expect(letter.paragraphs.at(-1)).toBe('We will write again as soon as something changes.')
    expect(letter.link.url).toBe('https://flightline.example.com/?flight=B6739-2026-11-20-JFK')
  })

  test('without a firm time says so and when more is known', () => {
    const open = delayNotice({ after: { revision: 2, nextInformationAt: NOON + 5 * HOUR } })
    const letter = describeNotice(open, english, parts)
    expect(letter.subject).toContain('new time not known yet')
    expect(letter.paragraphs.at(-1)).toBe('We will tell you more by 12:00 PM EST at the latest.')
    expect(rowsOf(open)['Departure (local time at JFK)']).toBe('10:00 AM EST → not known yet')
  })

  test('shows the date with a time on another day than that of the flight', () => {
    const midnight = delayNotice({ after: { revision: 2, estimatedAt: Date.UTC(2026, 10, 21, 5, 20) } })
    expect(rowsOf(midnight)['Departure (local time at JFK)']).toBe('10:00 AM EST → Sat, Nov 21, 12:20 AM EST')
  })

  test('follows the change of the clocks at the station', () => {
    const summer = departure({ id: 'B6739-2026-11-01-JFK', scheduledAt: Date.UTC(2026, 10, 1, 5, 30) })
    const autumn = delayNotice({
      departure: summer,
      before: { revision: 1 },
      after: { revision: 2, estimatedAt: Date.UTC(2026, 10, 1, 6, 30) },
    })
    expect(rowsOf(autumn)['Departure (local time at JFK)']).toBe('1:30 AM EDT → 1:30 AM EST')
  })
})

describe('the words follow the reader', () => {
  test('in language, with the formats of their region', () => {
    const rows = rowsOf(delayNotice(), { language: 'de-AT', bookedNumber: 'B6739' })
    expect(rows).toMatchObject({ Datum: 'Freitag, 20. November', Grund: 'das Wetter' })
    expect(rows['Abflug (Ortszeit JFK)']).toMatch(/^10:00 \S+ → 11:00 \S+$/)
  })

  test('in ticket number, naming the operating flight where it differs', () => {
    const codeshare = { language: 'en', bookedNumber: 'EI5012' }
    expect(rowsOf(delayNotice(), codeshare).Flight).toBe('EI 5012, operated as B6 739')
    expect(describeNotice(delayNotice(), codeshare, parts).subject).toMatch(/^EI 5012 to/)
  })

  test.each(['xx', '', 'not a language', 'zh-Hans'])('in English where there are none in "%s"', (language) => {
    const letter = describeNotice(delayNotice(), { language }, parts)
    expect(letter.language).toBe('en')
    expect(letter.headlines[0]).toMatch(/^Your flight now leaves at /)
  })

  test('and stay sound for a station whose zone nobody knows', () => {
    const nowhere = delayNotice({ departure: departure({ originZone: 'Mars/Olympus' }) })
    expect(rowsOf(nowhere)['Departure (local time at JFK)']).toBe('3:00 PM UTC → 4:00 PM UTC')
  })
})

describe('the other kinds', () => {
  test('a new gate says old and new, and no reason of a delay', () => {
    const gate = delayNotice({ kind: 'gate', kinds: ['gate'], after: { revision: 2, gate: 'C7', terminal: '5' } })
    expect(rowsOf(gate)).toMatchObject({ Gate: 'B12 → C7', Terminal: '5' })
    expect(rowsOf(gate)).not.toHaveProperty('Reason')
  })

  test('merged kinds each have their headline and advice, the most important the subject', () => {
    const both = delayNotice({
      kinds: ['delay', 'gate'],
      after: { revision: 2, gate: 'C7', estimatedAt: NOON + 4 * HOUR },
    })
    const letter = describeNotice(both, english, parts)
    expect(letter.headlines).toEqual(['Your flight now leaves at 11:00 AM EST.', 'Your flight leaves from gate C7.'])
    expect(letter.paragraphs).toHaveLength(3)
  })

  test('a cancellation shows what is cancelled, and its end refers to it', () => {
    const cancelled = delayNotice({
      kind: 'cancellation',
      kinds: ['cancellation'],
      after: { revision: 2, cancelled: true },
    })
    expect(rowsOf(cancelled)['Departure (local time at JFK)']).toBe('10:00 AM EST → 9:00 AM EST, cancelled')
    const back = delayNotice({
      kind: 'reinstatement',
      kinds: ['reinstatement'],
      before: { revision: 2, cancelled: true },
    })
    expect(describeNotice(back, english, parts).headlines[0]).toContain('cancellation no longer applies')
  })

  test.each([
    [{ airport: 'PHL' }, 'is going to PHL instead of San Juan (SJU)'],
    [{}, 'cannot go to San Juan (SJU) as planned'],
    [undefined, 'is going to San Juan (SJU) after all'],
  ])('a diversion to %j', (diverted, words) => {
    const after = { revision: 2, ...(diverted && { diverted }) }
    const letter = describeNotice(delayNotice({ kind: 'diversion', kinds: ['diversion'], after }), english, parts)
    expect(letter.headlines[0]).toContain(words)
  })

  test('a broadcast is the supervisor’s words, line by line', () => {
    const text = 'Water is served at gate B12.\r\n\r\n<b>Please</b> bring your {pass}.'
    const broadcast = delayNotice({ kind: 'broadcast', kinds: ['broadcast'], text, severity: 'critical' })
    const letter = describeNotice(broadcast, english, parts)
    expect(letter.subject).toBe('Important: B6 739 to San Juan (SJU)')
    expect(letter.paragraphs).toEqual(['Water is served at gate B12.', '<b>Please</b> bring your {pass}.'])
  })
})

test('nothing internal gets into a letter', () => {
  const secretive = departure({
    estimatedAt: NOON + 2 * HOUR + 50 * MINUTE,
    delays: [{ scheme: 'AHM730', code: '64', minutes: 50 }],
    remark: 'captain overslept',
    cancelled: { at: NOON, reason: 'CREW' },
    sources: { estimatedAt: { source: 'desk', at: NOON, by: 'gwen' } },
  })
  const words = JSON.stringify(describeNotice(delayNotice({ departure: secretive }), english, parts))
  for (const secret of ['captain', 'gwen', 'AHM', '"64"', 'CREW']) expect(words).not.toContain(secret)
})
