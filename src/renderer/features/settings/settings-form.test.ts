import { expect, test } from 'vitest'
import { type SettingsDraft, settingsDraftSchema } from '../../../shared/api/desktop-schemas.ts'
import { draftOf, emptyForm, formOf, problemsOf } from './settings-form.ts'

const backend = {
  run: true,
  port: 8081,
  isOpen: true,
  publicUrl: 'https://flights.example.com',
  smtp: { from: 'f@example.com' },
}
const stored: readonly SettingsDraft[] = [
  { mode: 'served', serverUrl: 'https://ops.example.com' },
  { mode: 'embedded', demo: false, backend: { ...backend, smtp: null, publicUrl: null } },
  {
    mode: 'direct',
    kafka: { brokers: 'a:9092,b:9092', ssl: false, sasl: { mechanism: 'plain', username: 'desk' } },
    backend,
  },
]

test.each(stored)('what is stored for $mode comes back as it was when nothing is touched', (draft) => {
  expect(draftOf(formOf({ draft }))).toEqual(draft)
})

test('a form that nobody touched offers the demonstration, and TLS for what is connected', () => {
  expect(formOf({ draft: null })).toMatchObject({ mode: 'embedded', demo: true, ssl: true, hasSasl: true })
})

test('the first password is asked for twice, later ones only where somebody begins to type', () => {
  expect(problemsOf(emptyForm, [], true)).toEqual({ password: 'Use 10 characters or more.' })
  expect(
    problemsOf({ ...emptyForm, password: 'correct horse', passwordAgain: 'correct hors' }, [], true),
  ).toHaveProperty('passwordAgain')
  expect(problemsOf({ ...emptyForm, password: 'correct horse', passwordAgain: 'correct horse' }, [], true)).toEqual({})
  expect(problemsOf(emptyForm, [], false)).toEqual({})
  expect(problemsOf({ ...emptyForm, password: 'short' }, [], false)).toHaveProperty('password')
})

test('every field that is needed is named at once, stored secrets are not', () => {
  const form = { ...emptyForm, mode: 'direct', run: true, port: 'x', hasMail: true } as const // as literals
  expect(Object.keys(problemsOf(form, [], true)).sort()).toEqual([
    'brokers',
    'kafkaPassword',
    'mailFrom',
    'mongoUrl',
    'port',
    'smtpUrl',
    'username',
  ])
  expect(Object.keys(problemsOf(form, ['mongoUrl', 'kafkaPassword', 'smtpUrl'], false)).sort()).toEqual([
    'brokers',
    'mailFrom',
    'port',
    'username',
  ])
})

test('what is switched off is not asked for', () => {
  const form = {
    ...emptyForm,
    mode: 'direct',
    mongoUrl: 'mongodb://x',
    brokers: 'a:1',
    hasSasl: false,
    port: 'x',
  } as const // as literals
  expect(problemsOf(form, [], true)).toEqual({})
})

test.each(['0', '65536', '-1', '80.5', '', ' '])('%j is no port', (port) => {
  expect(problemsOf({ ...emptyForm, port }, [], false)).toHaveProperty('port')
})

test('an address is needed for a server', () => {
  expect(problemsOf({ ...emptyForm, mode: 'served', serverUrl: '  ' }, [], true)).toHaveProperty('serverUrl')
})

test('an empty field keeps the secret, a filled one sends it, and every draft is one that main takes', () => {
  const form = { ...emptyForm, mode: 'direct', brokers: ' a:1 ', username: 'desk' } as const // as literals
  expect(draftOf(form)).not.toHaveProperty('mongoUrl')
  const filled = { ...form, mongoUrl: ' mongodb://x ', kafkaPassword: ' keeps its blanks ' }
  expect(draftOf(filled)).toMatchObject({
    mongoUrl: 'mongodb://x',
    kafka: { brokers: 'a:1', sasl: { password: ' keeps its blanks ' } },
  })
  for (const mode of ['embedded', 'direct', 'served'] as const) {
    const complete = { ...filled, mode, password: 'correct horse', serverUrl: 'https://ops.example.com' }
    expect(settingsDraftSchema.safeParse(draftOf(complete)).success).toBe(true)
  }
})
