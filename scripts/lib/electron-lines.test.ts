import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { judgeElectron } from './electron-lines.ts'

const lines = [{ major: 45, endOfLife: '2027-03-02' }]

test('an exact version of a supported line is fine until its last day', () => {
  expect(judgeElectron('45.4.1', '2027-03-01', lines)).toBe('')
  expect(judgeElectron('45.4.1', '2027-03-02', lines)).toContain('has not been looked after')
})

test('a range and an unknown line are told', () => {
  expect(judgeElectron('^45.4.1', '2026-11-25', lines)).toContain('pin one exact version')
  expect(judgeElectron('46.0.0', '2026-11-25', lines)).toContain('is not in')
})

test('the version of this program has a line', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(judgeElectron(devDependencies.electron, '2026-11-25')).toBe('')
})
