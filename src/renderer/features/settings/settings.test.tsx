import { expect, test } from 'vitest'
import type { DesktopState, SettingsView } from '../../../shared/api/desktop-schemas.ts'
import { readScreen } from '../../../testing/fixtures/read-screen.ts'
import { describeDesktop } from './desktop-status.ts'
import { DesktopStatus } from './settings-dialogue.tsx'
import { emptyForm, type SettingsForm } from './settings-form.ts'
import { SettingsSheet } from './settings-sheet.tsx'
import type { SettingsWork } from './use-settings.ts'

const link = { status: 'ok', since: 0 } as const // as literals
const desktop: DesktopState = {
  ...{ mode: 'direct', service: 'direct-1', store: link, version: '1.2.3' },
  log: { status: 'lost', since: 0, message: 'nothing listens there' },
  backend: { status: 'running', since: 0, restarts: 2, url: 'http://127.0.0.1:8080' },
}

const view: SettingsView = { source: 'none', draft: null, stored: [], vault: { isSafe: true } }

function sheet(form: Partial<SettingsForm>, given: Partial<SettingsWork> = {}): string {
  const work: SettingsWork = {
    ...{ view, problems: {}, checks: [], refusal: '', busy: undefined },
    ...{ change: () => undefined, submit: async () => undefined, form: { ...emptyForm, ...form } },
    ...given,
  }
  return readScreen(<SettingsSheet work={work} saveLabel="Save and start" />)
}

test('three ways to work are offered, each with what it is for', () => {
  const text = sheet({})
  for (const title of ['On this machine alone', 'On MongoDB and Kafka', 'On a Flightline server'])
    expect(text).toContain(title)
  expect(text).toContain('Test Save and start')
})

test('each way asks for what it needs and nothing else', () => {
  expect(sheet({ mode: 'embedded' })).toContain('demonstration day')
  expect(sheet({ mode: 'direct' })).toMatch(/MongoDB URL.*Brokers.*Way to sign in/)
  expect(sheet({ mode: 'direct', hasSasl: false })).not.toContain('Way to sign in')
  expect(sheet({ mode: 'direct' })).not.toContain('Public address')
  expect(sheet({ mode: 'direct', run: true })).toContain('Public address')
  expect(sheet({ mode: 'served' })).not.toContain('Brokers')
})

test('what is wrong stands at its field, and what was tried with its outcome', () => {
  expect(sheet({ mode: 'served' }, { problems: { serverUrl: 'Enter the address.' } })).toContain('Enter the address.')
  const checks = [
    { part: 'store', ok: true, message: 'MongoDB answers.' },
    { part: 'log', ok: false, message: 'Kafka cannot be reached.' },
  ] as const // as literals
  expect(sheet({}, { checks })).toContain('[right] MongoDB answers. [wrong] Kafka cannot be reached.')
  expect(sheet({}, { refusal: 'Your role may not do this.' })).toContain('Your role may not do this.')
})

test('a system without a keyring is told of, with the way out, unless no password is needed', () => {
  const unsafe = { ...view, vault: { isSafe: false, advice: 'Install a keyring.' } }
  expect(sheet({ mode: 'direct' }, { view: unsafe })).toContain('Install a keyring.')
  expect(sheet({ mode: 'served' }, { view: unsafe })).not.toContain('Install a keyring.')
})

test('settings from the environment are shown and cannot be sent, those of a policy take passwords', () => {
  const environment = sheet({}, { view: { ...view, source: 'environment' } })
  expect(environment).toMatch(/changed there/)
  expect(environment).not.toContain('Save and start')
  const policy = sheet({}, { view: { ...view, source: 'policy' } })
  expect(policy).toMatch(/changed there, but for passwords/)
  expect(policy).toContain('Save and start')
})

test('a policy that cannot be followed is told, since whoever wrote it believes that it is', () => {
  const policyProblem = 'The policy of this machine cannot be followed: it is not JSON.'
  expect(sheet({}, { view: { ...view, policyProblem } })).toContain(policyProblem)
})

test('the state of the desktop is told in words', () => {
  expect(readScreen(<DesktopStatus desktop={desktop} />)).toBe(
    'MongoDB connected Kafka lost: nothing listens there Backend running, http://127.0.0.1:8080, started again 2 times Version 1.2.3',
  )
  const update = { status: 'ready', since: 0, version: '1.3.0' } as const // as literals
  expect(describeDesktop({ ...desktop, update }).at(-1)?.text).toBe(
    '1.2.3, 1.3.0 is installed when the desktop is quit',
  )
  expect(describeDesktop({ ...desktop, mode: 'served' }).map(({ label }) => label)).toEqual([
    'Server',
    'Backend',
    'Version',
  ])
})
