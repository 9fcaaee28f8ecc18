import { expect, test } from 'vitest'
import { subscription } from '../../../src/testing/fixtures/passengers.ts'
import { buildConfirmation } from './build-confirmation.ts'
import { createLinks } from './links.ts'

const links = createLinks(() => 'https://flightline.example.com')
const build = (more: Parameters<typeof subscription>[0] = {}) =>
  buildConfirmation({ subscription: subscription(more), token: 'secret token', address: 'bob@example.com' }, links)

test('a confirmation names flight and date and leads to a page that asks', () => {
  const { to, subject, text, html } = build()
  expect(to).toBe('bob@example.com')
  expect(subject).toBe('Please confirm: news about B6 739 on November 20, 2026')
  expect(text).toContain('https://flightline.example.com/?confirm=secret%20token')
  expect(html).toContain('href="https://flightline.example.com/?confirm=secret%20token"')
})

test.each(['en', 'de', 'es', 'fr', 'xx'])('a confirmation in %s has all its words', (language) => {
  const { subject, text, html } = build({ language, demo: true })
  expect(subject + text + html).not.toMatch(/[{}]|undefined/)
})

test('an attempt again has the same id, a request again another', () => {
  expect(build().id).toBe(build().id)
  expect(build({ confirmHash: 'confirm-hash-2' }).id).not.toBe(build().id)
})
