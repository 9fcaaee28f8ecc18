import { describe, expect, test } from 'vitest'
import { zoneLabel } from './zone-label.ts'

const WINTER = Date.UTC(2026, 10, 20, 12)
const SUMMER = Date.UTC(2026, 6, 1, 12)

describe('zoneLabel', () => {
  test.each([
    [WINTER, 'America/New_York', 'EST'],
    [SUMMER, 'America/New_York', 'EDT'],
    [WINTER, 'America/Puerto_Rico', 'AST'],
    [WINTER, 'Europe/Berlin', 'CET'],
    [SUMMER, 'Europe/Berlin', 'CEST'],
    [SUMMER, 'Europe/London', 'BST'],
    [WINTER, 'Europe/London', 'GMT'],
    [WINTER, 'Australia/Sydney', 'AEDT'],
    [WINTER, 'Asia/Tokyo', 'GMT+9'],
    [WINTER, 'UTC', 'UTC'],
  ])('at %i in %s is %s', (at, zone, label) => {
    expect(zoneLabel(zone, at)).toBe(label)
  })

  test('tells the hour that comes twice apart', () => {
    const [first, second] = [Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)]
    expect([first, second].map((at) => zoneLabel('America/New_York', at))).toEqual(['EDT', 'EST'])
  })
})
