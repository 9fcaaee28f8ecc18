import { expect, test } from 'vitest'
import { HOUR } from './instant.ts'
import { exceededBound } from './time-bounds.ts'

const std = Date.UTC(2026, 10, 20, 14)

test.each([
  ['estimatedAt', -12, undefined],
  ['estimatedAt', -12.1, '12 hours before'],
  ['estimatedAt', 48, undefined],
  ['estimatedAt', 48.1, '48 hours after'],
  ['offBlockAt', -24.1, '24 hours before'],
  ['nextInformationAt', 96.1, '96 hours after'],
  ['inBlockAt', 60, undefined],
  ['cancelled', -24 * 30, undefined],
  ['cancelled', 96.1, '96 hours after'],
] as const)('%s %d hours from the schedule: %s', (name, hours, expected) => {
  expect(exceededBound(name, std + hours * HOUR, std)).toBe(expected)
})
