import { describe, expect, test } from 'vitest'
import type { DesktopState } from '../../../shared/api/desktop-schemas.ts'
import { type AlarmContext, desktopAlarms } from './desktop-text.ts'

const since = Date.parse('2026-11-20T19:05:00Z')
const ok = { status: 'ok', since } as const
const lost = { status: 'lost', since, message: 'connection refused' } as const
const context = { zone: 'America/New_York', mode: 'local', age: 180_000, isReplay: false } as const
const backend = { status: 'running', since, restarts: 0 } as const

function alarms(overrides: Partial<DesktopState>, shown: Partial<AlarmContext> = {}): readonly string[] {
  const desktop: DesktopState = {
    mode: 'direct',
    service: 'direct-1',
    store: ok,
    log: ok,
    backend,
    version: '1',
    ...overrides,
  }
  return desktopAlarms(desktop, { ...context, ...shown }).map(({ text }) => text)
}

test('while everything answers there is nothing to say', () => {
  expect(alarms({})).toEqual([])
  expect(alarms({ store: { status: 'opening', since } })).toEqual([])
})

test('a lost store is told with its name, the age of what is shown, and what becomes of changes', () => {
  expect(alarms({ store: lost })).toEqual([
    'MongoDB has not answered since 14:05 EST: the shown state is 3 min old. Your changes wait here.',
  ])
})

test('on a replayed day the time is named as that of the day', () => {
  expect(alarms({ store: lost }, { isReplay: true })[0]).toContain('since 14:05 EST, time of day: ')
})

test('before anything was shown there is no age', () => {
  expect(alarms({ store: lost, mode: 'embedded' }, { age: undefined })).toEqual([
    'The data file has not answered since 14:05 EST. Your changes wait here.',
  ])
})

test('a lost log is told with what it means here', () => {
  expect(alarms({ log: lost })).toEqual([
    'Kafka has not answered since 14:05 EST: changes of others are not shown here; yours are kept and published when it is back.',
  ])
})

test('through a server there is one line, since both hang on the same', () => {
  expect(alarms({ mode: 'served', store: lost, log: lost })).toHaveLength(1)
})

describe('the bundled backend', () => {
  test('that has failed is told with its reason', () => {
    const failed = { ...backend, status: 'failed', message: 'port 8080 is taken.' } as const
    expect(alarms({ backend: failed })).toEqual(['Passengers are not being served from this desk: port 8080 is taken.'])
  })

  test('that is being started again is told', () => {
    expect(alarms({ backend: { ...backend, status: 'restarting' } })[0]).toContain('is being started again')
  })

  test.each(['off', 'starting', 'running', 'stopping'] as const)('that is %s is no alarm', (status) => {
    expect(alarms({ backend: { ...backend, status } })).toEqual([])
  })
})

test('a desktop that is not set up has nothing that could be lost', () => {
  expect(alarms({ mode: 'unconfigured', store: lost, log: lost })).toEqual([])
})
