import { describe, expect, test } from 'vitest'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { provenance } from './cell-text.ts'

const wall = Date.parse('2026-11-20T18:00:00Z')
const context = { zone: 'America/New_York', mode: 'local', wall } as const

describe('provenance', () => {
  test('names source, person and age of each fact behind a cell', () => {
    const departure = boardDeparture({
      gate: 'B12',
      terminal: '5',
      sources: {
        gate: { source: 'desk', at: wall - 180_000, by: 'anna' },
        terminal: { source: 'feed', at: wall - 12_000 },
      },
    })
    expect(provenance(departure, 'gate', context)).toBe(
      'Gate: B12 · Desk (anna), 3 min old\nTerminal: 5 · Feed, 12 s old',
    )
  })

  test("keeps the feed's differing estimate beside a manual one", () => {
    const departure = boardDeparture({
      estimatedAt: Date.parse('2026-11-20T19:50:00Z'),
      feedEstimatedAt: Date.parse('2026-11-20T19:30:00Z'),
      sources: { estimatedAt: { source: 'desk', at: wall, by: 'anna' } },
    })
    expect(provenance(departure, 'estimate', context)).toBe(
      "Estimate: 14:50 EST · Desk (anna), 0 s old\nFeed's estimate: 14:30 EST",
    )
  })

  test('explains delay codes in words', () => {
    const departure = boardDeparture({
      delays: [
        { scheme: 'AHM730', code: '93', minutes: 30 },
        { scheme: 'AHM730', code: '10', sub: 'A', minutes: 1 },
      ],
      remark: 'late from BOS',
    })
    expect(provenance(departure, 'delay', context)).toBe(
      '93 RA · 30 min · Rotation: late aircraft from another flight or sector\n10A  · 1 min · not in the list\nlate from BOS',
    )
  })

  test('tells other names of a flight, and that it is made up', () => {
    const departure = boardDeparture({ codeshares: ['LH6800', 'EI5000'], demo: true })
    expect(provenance(departure, 'flight', context)).toBe(
      'Also LH6800, EI5000\nDemonstration: messages reach only the mailbox',
    )
  })

  test('says nothing where nothing is known', () => {
    const { gate, terminal, ...rest } = boardDeparture()
    expect(provenance(rest, 'gate', context)).toBe('')
    expect(provenance(rest, 'origin', context)).toBe('')
    expect(provenance(rest, 'delay', context)).toBe('')
  })
})
