import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amendment } from '../../testing/fixtures/amendment.ts'
import { anyDeparture } from '../../testing/fixtures/arbitraries.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { amend } from '../domain/change.ts'
import { toPublicChange, toPublicHistoryEntry } from './public-change.ts'
import { toPublicDeparture } from './public-departure.ts'
import { publicJson } from './public-json.ts'

// The names that contract.md lists, plus nothing.
const contractFields = new Set(
  `id carrier number suffix originDate origin originZone destination destinationZone codeshares scheduledAt estimatedAt
  boardingAt finalCallAt gateClosedAt offBlockAt takeOffAt scheduledArrivalAt estimatedArrivalAt landedAt inBlockAt terminal
  gate stand aircraft status delayMinutes reason cancelled diverted nextInformationAt demo revision updatedAt`.split(
    /\s+/,
  ),
)

const secrets = departure({
  remark: 'captain overslept',
  delays: [{ scheme: 'AHM730', code: '63', sub: 'A', minutes: 30 }],
  feedEstimatedAt: NOON,
  cancelled: { at: NOON, reason: 'CREW' },
  sources: { gate: { source: 'desk', at: NOON, by: 'gwen' } },
  conflicts: [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: NOON, source: 'feed', at: NOON }],
})

describe('toPublicDeparture', () => {
  test('shows the fields of the contract and no other, none of them empty', () => {
    fc.assert(
      fc.property(anyDeparture, (given) => {
        const shown = JSON.parse(JSON.stringify(toPublicDeparture(given)))
        for (const [name, value] of Object.entries(shown)) {
          expect(contractFields).toContain(name)
          expect([null, '']).not.toContain(value)
        }
      }),
    )
  })

  test('lets no staff name, delay code, remark or internal reason through', () => {
    const text = publicJson(secrets)
    for (const secret of ['gwen', 'overslept', '"63"', 'AHM730', 'feedEstimatedAt', 'conflict', 'sources']) {
      expect(text).not.toContain(secret)
    }
    expect(toPublicDeparture(secrets)).toMatchObject({
      status: 'CANCELLED',
      cancelled: { at: '2026-11-20T12:00:00Z' },
      reason: 'CREW',
    })
  })

  test('writes UTC instants as ISO 8601', () => {
    expect(toPublicDeparture(departure())).toMatchObject({ scheduledAt: '2026-11-20T14:00:00Z', delayMinutes: 0 })
  })

  test('builds the text once per revision', () => {
    const one = departure()
    expect(publicJson(one)).toBe(publicJson(one))
    expect(JSON.parse(publicJson(one))).toEqual(toPublicDeparture(one))
  })
})

describe('toPublicChange', () => {
  test('shows public fields with both sides', () => {
    const { change } = amendment(departure(), { gate: 'C1', estimatedAt: NOON + 3 * 3_600_000 })
    expect(toPublicChange(change)).toEqual({
      fields: { estimatedAt: { to: '2026-11-20T15:00:00Z' }, gate: { from: 'B12', to: 'C1' } },
      at: '2026-11-20T12:00:00Z',
    })
  })

  test('has no fields left where all was internal', () => {
    const { change } = amendment(departure(), { remark: 'captain overslept', feedEstimatedAt: NOON })
    expect(toPublicChange(change).fields).toEqual({})
  })

  test('of a cancellation shows when, not why', () => {
    const { change } = amendment(departure(), { cancelled: { at: NOON, reason: 'CREW' } })
    expect(toPublicHistoryEntry(change)).toEqual({
      id: 'B6739-2026-11-20-JFK:2',
      revision: 2,
      fields: { cancelled: { to: { at: '2026-11-20T12:00:00Z' } } },
      at: '2026-11-20T12:00:00Z',
    })
  })

  test('of a diversion shows the airport', () => {
    const made = amend(departure({ offBlockAt: NOON }), { diverted: { at: NOON, airport: 'BOS' } }, amendment().change)
    expect(made && toPublicChange(made.change).fields).toEqual({
      diverted: { to: { at: '2026-11-20T12:00:00Z', airport: 'BOS' } },
    })
  })

  test('keeps what a cancellation was before it was taken back', () => {
    const { change } = amendment(departure({ cancelled: { at: NOON } }), { cancelled: null })
    expect(toPublicChange(change).fields).toEqual({ cancelled: { from: { at: '2026-11-20T12:00:00Z' } } })
  })
})
