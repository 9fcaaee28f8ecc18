import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DepartureFacts } from './departure.ts'
import { MINUTE } from './instant.ts'
import { deriveStatus, isOffBlock, type Status } from './status.ts'

const std = Date.parse('2026-11-20T14:05:00Z')
const at = (minutes: number) => std + minutes * MINUTE

// Facts as they arrive over the life of a departure; each row adds to those above it.
const life: readonly (readonly [Status, Partial<DepartureFacts>])[] = [
  ['SCHEDULED', {}],
  ['DELAYED', { estimatedAt: at(25) }],
  ['BOARDING', { boardingAt: at(-5) }],
  ['FINAL_CALL', { finalCallAt: at(10) }],
  ['GATE_CLOSED', { gateClosedAt: at(15) }],
  ['DEPARTED', { offBlockAt: at(25) }],
  ['AIRBORNE', { takeOffAt: at(40) }],
  ['LANDED', { landedAt: at(140) }],
  ['ARRIVED', { inBlockAt: at(150) }],
]

describe('deriveStatus', () => {
  test('follows a departure through its life', () => {
    let facts: DepartureFacts = { scheduledAt: std }
    for (const [status, news] of life) {
      facts = { ...facts, ...news }
      expect(deriveStatus(facts)).toBe(status)
    }
  })

  test('never goes back while facts only arrive', () => {
    const order = life.map(([status]) => status)
    fc.assert(
      fc.property(
        fc.subarray(
          life.slice(1).map(([, news]) => news),
          { minLength: 1 },
        ),
        (news) => {
          const states = news.map((_, count) =>
            deriveStatus(Object.assign({ scheduledAt: std }, ...news.slice(0, count + 1))),
          )
          const ranks = states.map((status) => order.indexOf(status))
          expect(ranks).toEqual([...ranks].sort((left, right) => left - right))
        },
      ),
    )
  })

  test('is cancelled and diverted above everything else', () => {
    const arrived: DepartureFacts = Object.assign({ scheduledAt: std }, ...life.map(([, news]) => news))
    expect(deriveStatus({ ...arrived, diverted: { at: at(120) } })).toBe('DIVERTED')
    expect(deriveStatus({ ...arrived, diverted: { at: at(120) }, cancelled: { at: at(1) } })).toBe('CANCELLED')
  })

  test('a delay under 15 minutes is still on schedule', () => {
    expect(deriveStatus({ scheduledAt: std, estimatedAt: at(14) })).toBe('SCHEDULED')
    expect(deriveStatus({ scheduledAt: std, estimatedAt: at(15) })).toBe('DELAYED')
  })

  test('a promise of information without an estimate is a delay', () => {
    expect(deriveStatus({ scheduledAt: std, nextInformationAt: at(30) })).toBe('DELAYED')
    expect(deriveStatus({ scheduledAt: std, nextInformationAt: at(30), estimatedAt: at(5) })).toBe('SCHEDULED')
  })

  test('a return to the stand shows until boarding begins again', () => {
    expect(deriveStatus({ scheduledAt: std, returnedAt: at(30) })).toBe('RETURNED')
    expect(deriveStatus({ scheduledAt: std, returnedAt: at(30), boardingAt: at(60) })).toBe('BOARDING')
  })
})

test('isOffBlock holds from the first movement on', () => {
  expect(isOffBlock({})).toBe(false)
  expect(isOffBlock({ offBlockAt: std })).toBe(true)
  expect(isOffBlock({ takeOffAt: std })).toBe(true)
})
