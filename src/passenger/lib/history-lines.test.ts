import { describe, expect, test } from 'vitest'
import type { PublicHistoryEntry } from '../../shared/api/public-change.ts'
import { flight, minute } from '../../testing/passenger/flights.ts'
import { speak } from '../../testing/passenger/words.ts'
import { historyMoments } from './history-lines.ts'

const reader = { flight: flight({ destinationZone: 'America/Puerto_Rico' }), text: speak() }

function entry(revision: number, fields: PublicHistoryEntry['fields'], more: object = {}): PublicHistoryEntry {
  return { id: `x:${revision}`, revision, fields, at: minute(revision), ...more }
}

const linesOf = (...entries: readonly PublicHistoryEntry[]) => historyMoments(entries, reader).map(({ lines }) => lines)

describe('historyMoments', () => {
  test('tells old and new, newest first', () => {
    const moments = historyMoments(
      [entry(2, { gate: { from: 'B3', to: 'B12' } }), entry(3, { terminal: { to: '5' } })],
      reader,
    )

    expect(moments).toEqual([
      { id: 'x:3', at: minute(3), lines: ['Terminal 5'] },
      { id: 'x:2', at: minute(2), lines: ['Gate B12 instead of B3'] },
    ])
  })

  test('of the first revision only the plan and the gate are news', () => {
    const fields = { scheduledAt: { to: minute(120) }, gate: { to: 'B3' }, aircraft: { to: { type: 'A320' } } }

    expect(linesOf(entry(1, fields))).toEqual([['Flight planned for 09:00 EST', 'Gate B3']])
    expect(linesOf(entry(1, {}))).toEqual([['Flight planned for 09:00 EST']])
  })

  test.each([
    [{ gate: { from: 'B3' } }, 'Gate B3 no longer holds'],
    [{ estimatedAt: { to: minute(165) } }, 'Departure expected at 09:45 EST'],
    [{ estimatedAt: { from: minute(165), to: minute(180) } }, 'Departure expected at 10:00 EST instead of 09:45'],
    [{ estimatedAt: { from: minute(165) } }, 'Departure time 09:45 no longer holds'],
    [{ estimatedArrivalAt: { to: minute(390) } }, 'Arrival expected at 14:30 AST'],
    [{ landedAt: { from: minute(385), to: minute(386) } }, 'Landed at 14:26 AST'],
    [{ boardingAt: { to: minute(90) } }, 'Boarding began'],
    [{ offBlockAt: { from: minute(125) } }, 'Came back to the gate'],
    [{ cancelled: { to: { at: minute(5) } } }, 'Cancelled'],
    [{ cancelled: { from: { at: minute(5) } } }, 'The flight takes place after all'],
    [{ diverted: { to: { at: minute(5), airport: 'BOS' } } }, 'Diverted'],
    [{ nextInformationAt: { to: minute(150) } }, 'Next information at 09:30 EST'],
  ])('%j reads: %s', (fields, line) => {
    expect(linesOf(entry(2, fields))).toEqual([[line]])
  })

  test('what passengers need not know makes no moment', () => {
    const entries = [
      entry(2, { stand: { to: '103' } }),
      entry(3, {}),
      entry(4, { nextInformationAt: { from: minute(150) } }),
    ]

    expect(linesOf(...entries)).toEqual([])
  })

  test('a change of the time says why; a change of the gate does not repeat it', () => {
    const time = entry(2, { estimatedAt: { to: minute(165) } }, { reason: 'WEATHER' })
    const gate = entry(3, { gate: { to: 'B3' } }, { reason: 'WEATHER' })

    expect(linesOf(time, gate)).toEqual([
      ['Gate B3'],
      ['Departure expected at 09:45 EST', 'The weather does not allow the flight to leave on time.'],
    ])
  })

  test('a reason that this page does not know yet is left out', () => {
    const time = entry(2, { estimatedAt: { to: minute(165) } }, { reason: 'SOLAR_STORM' })

    expect(linesOf(time)).toEqual([['Departure expected at 09:45 EST']])
  })

  test('on a replayed day a moment carries the time of that day', () => {
    const [moment] = historyMoments([entry(2, { gate: { to: 'B3' } }, { operationalAt: minute(600) })], reader)

    expect(moment?.at).toBe(minute(600))
  })

  test('without a zone of the destination its times stand on the clock of the departure', () => {
    const { destinationZone: _, ...zoneless } = reader.flight
    const moments = historyMoments([entry(2, { landedAt: { to: minute(386) } })], { ...reader, flight: zoneless })

    expect(moments[0]?.lines).toEqual(['Landed at 13:26 EST'])
  })
})
