import { expect, test } from 'vitest'
import { policyPath } from './policy-path.ts'

test('each system has a place that only its administrators write to', () => {
  expect(policyPath('linux', {})).toBe('/etc/flightline/policy.json')
  expect(policyPath('darwin', {})).toBe('/Library/Application Support/Flightline/policy.json')
  expect(policyPath('win32', {})).toBe('C:\\ProgramData\\Flightline\\policy.json')
})

test('ProgramData on another drive is followed', () => {
  expect(policyPath('win32', { ProgramData: 'D:\\Data' })).toBe('D:\\Data\\Flightline\\policy.json')
})
