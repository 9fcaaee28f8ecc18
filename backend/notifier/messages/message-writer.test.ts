import { describe, expect, test } from 'vitest'
import { type NoticeKind, noticeKinds } from '../../../src/shared/domain/notice.ts'
import { publicReasons } from '../../../src/shared/domain/public-reason.ts'
import { departure, NOON } from '../../../src/testing/fixtures/departure.ts'
import { delivery, notice } from '../../../src/testing/fixtures/notices.ts'
import { createLinks } from './links.ts'
import { createMessageWriter, type Recipient } from './message-writer.ts'
import { type MessageKey, templates } from './template-book.ts'

const places = { JFK: { name: 'J'.repeat(200) }, SJU: { name: 'Aeropuerto Internacional de San Juan '.repeat(4) } }
const write = createMessageWriter({ links: createLinks(() => 'https://flightline.example.com'), places })
const reader: Recipient = { language: 'en', bookedNumber: 'B6739', address: 'ada@example.com', name: 'Ada Example' }

const longest = departure({
  number: '9999',
  suffix: 'Z',
  demo: true,
  delays: [{ scheme: 'AHM730', code: '93', minutes: 2880 }],
})
const facts = { revision: 99, gate: 'ABC123', terminal: 'TERM99', estimatedAt: NOON + 172_800_000 }
const afters: Partial<Record<NoticeKind, readonly object[]>> = {
  delay: [facts, { ...facts, estimatedAt: undefined, nextInformationAt: NOON }],
  diversion: [facts, { ...facts, diverted: {} }, { ...facts, diverted: { airport: 'SJU' } }],
  cancellation: [{ ...facts, cancelled: true }],
}
const cases = Object.keys(templates).flatMap((language) =>
  noticeKinds.flatMap((kind) =>
    (afters[kind] ?? [facts]).map((after) => [language, kind, { revision: 99, ...after }] as const),
  ),
)

test.each(cases)('%s: a %s with the longest data has all its words', (language, kind, after) => {
  const about = notice({
    id: `${kind}:${JSON.stringify(after)}`,
    kind,
    kinds: [kind],
    departure: longest,
    before: { revision: 98, gate: 'XYZ789', terminal: 'TERM88' },
    after,
    text: 'Wait. '.repeat(160),
    severity: 'warning',
  })
  const message = write(delivery(), about, {
    ...reader,
    language,
    name: 'N'.repeat(300),
    unsubscribeToken: 't'.repeat(64),
  })
  for (const words of [message.subject, message.text, message.html]) {
    expect(words).not.toMatch(/[{}]|undefined|null|NaN|Invalid Date|\[object/)
  }
  expect(message.subject.length).toBeLessThanOrEqual(200)
  expect(message.text).toContain('https://flightline.example.com/?flight=')
  expect(message.text).toContain('https://flightline.example.com/?unsubscribe=')
})

test('every language has every message, with the same placeholders', () => {
  const withoutBranches = (text: string) => text.replace(/(critical|warning|other) \{[^}]*\}/g, '')
  const names = (text: string) =>
    [...new Set([...withoutBranches(text).matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort()
  const { en, ...others } = templates
  // Object.keys is typed string[]; the templates are constants.
  const keys = Object.keys(en ?? {}) as MessageKey[]
  for (const [language, book] of Object.entries(others)) {
    expect([language, ...Object.keys(book).sort()]).toEqual([language, ...keys.toSorted()])
    for (const key of keys) expect([key, names(book[key])]).toEqual([key, names(en?.[key] ?? '')])
  }
})

test('every public reason has its sentence', () => {
  for (const reason of publicReasons) expect(templates.en?.[`reason.${reason}`]).toMatch(/\w+/)
})

describe('a message', () => {
  const gate = notice()

  test('greets by name, or without one', () => {
    expect(write(delivery(), gate, reader).text).toMatch(/^Hello Ada Example,\n/)
    expect(write(delivery(), gate, { language: 'fr', address: 'bob@example.com' }).text).toMatch(/^Bonjour,\n/)
  })

  test('keeps its id over attempts and shows nothing of the recipient in it', () => {
    const [first, second] = [write(delivery(), gate, reader), write(delivery({ attempts: 3 }), gate, reader)]
    expect(second.id).toBe(first.id)
    expect(first.id).toMatch(/^[0-9a-f]{40}@flightline$/)
    expect(write(delivery({ recipient: 'key-bob' }), gate, reader).id).not.toBe(first.id)
  })

  test('carries an unsubscribe address for followers and none for passengers', () => {
    const follower = { language: 'en', address: 'bob@example.com', unsubscribeToken: 'a+b' }
    expect(write(delivery(), gate, follower).unsubscribeUrl).toBe(
      'https://flightline.example.com/api/notifications/unsubscribe?token=a%2Bb',
    )
    expect(write(delivery(), gate, reader)).not.toHaveProperty('unsubscribeUrl')
  })

  test('of two notices or two ticket numbers is never mixed up', () => {
    const other = notice({ id: 'other', after: { revision: 3, gate: 'D1' } })
    expect(write(delivery(), gate, reader).subject).toContain('C7')
    expect(write(delivery(), other, reader).subject).toContain('D1')
    expect(write(delivery(), other, { ...reader, bookedNumber: 'EI5012' }).subject).toContain('EI 5012')
  })

  test('lets no name become a header, a tag or a placeholder', () => {
    const name = 'Eve\r\nBcc: x@example.com <img src=x onerror="alert(1)"> {url} \u202egnp.exe'
    const evil = { ...reader, name, bookedNumber: '<B6>\r\n1' }
    const { subject, text, html } = write(delivery(), notice({ id: 'evil' }), evil)
    expect(subject).not.toMatch(/[\r\n]/)
    expect(text.split('\n')[0]).toContain('Hello Eve Bcc: x@example.com <img')
    expect(html).not.toMatch(/<img|onerror="/)
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;')
    expect(text + html).not.toContain('\u202e')
  })

  test('escapes a supervisor’s words in HTML and keeps them as they are in text', () => {
    const words = notice({ id: 'words', kind: 'broadcast', kinds: ['broadcast'], text: '<script>x</script> & more' })
    const { text, html } = write(delivery(), words, reader)
    expect(text).toContain('<script>x</script> & more')
    expect(html).toContain('&lt;script&gt;x&lt;/script&gt; &amp; more')
  })

  test('says that a demonstration is one', () => {
    const demo = notice({ id: 'demo', departure: departure({ demo: true }) })
    expect(write(delivery(), demo, reader).text).toContain('Demonstration')
    expect(write(delivery(), gate, reader).text).not.toContain('Demonstration')
  })
})

test('more notices than are kept at once come out right', () => {
  for (let index = 0; index < 700; index += 1) {
    const gate = `G${index}`
    const about = notice({ id: `n${index}`, after: { revision: 2, gate } })
    expect(write(delivery(), about, reader).subject).toContain(gate)
  }
})
