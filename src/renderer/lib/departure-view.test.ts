import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../shared/domain/instant.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { delayBand, delayText, flightName, latestOrigin, reasonCodes, shownEstimate } from './departure-view.ts'

const { scheduledAt } = boardDeparture()

function late(minutes: number) {
  return boardDeparture({ estimatedAt: scheduledAt + minutes * MINUTE })
}

describe('delay on the board', () => {
  test.each([
    [-3, 'early', '−3'],
    [0, 'on-time', '0'],
    [4, 'on-time', '+4'],
    [5, 'minor', '+5'],
    [14, 'minor', '+14'],
    [15, 'late', '+15'],
  ])('%i minutes are %s and read %s', (minutes, band, text) => {
    expect(delayBand(late(minutes))).toBe(band)
    expect(delayText(late(minutes))).toBe(text)
  })

  test('a delay without a firm time is open', () => {
    const open = boardDeparture({ nextInformationAt: scheduledAt + 30 * MINUTE })
    expect(delayBand(open)).toBe('open')
    expect(delayText(open)).toBe('open')
  })

  test('a promise of information does not outlive a firm time', () => {
    const firm = boardDeparture({ nextInformationAt: scheduledAt, estimatedAt: scheduledAt + 20 * MINUTE })
    expect(delayText(firm)).toBe('+20')
  })

  test('a cancelled departure shows no delay', () => {
    const cancelled = boardDeparture({ estimatedAt: scheduledAt + MINUTE, cancelled: { at: scheduledAt } })
    expect(delayBand(cancelled)).toBe('none')
    expect(delayText(cancelled)).toBe('')
  })

  test('codes are listed by their share', () => {
    const delays = [
      { scheme: 'AHM730', code: '41', minutes: 5 },
      { scheme: 'AHM730', code: '93', sub: 'A', minutes: 20 },
    ] as const
    expect(reasonCodes(boardDeparture({ delays }))).toBe('93A 41')
    expect(reasonCodes(boardDeparture())).toBe('')
  })
})

describe('estimate on the board', () => {
  test('an actual time beats an estimate, which beats a promise', () => {
    const all = { offBlockAt: 3, estimatedAt: 2, nextInformationAt: 1 }
    expect(shownEstimate(boardDeparture(all))).toEqual({ kind: 'actual', at: 3 })
    expect(shownEstimate(boardDeparture({ estimatedAt: 2, nextInformationAt: 1 }))).toEqual({
      kind: 'estimate',
      at: 2,
    })
    expect(shownEstimate(boardDeparture({ nextInformationAt: 1 }))).toEqual({ kind: 'open', at: 1 })
    expect(shownEstimate(boardDeparture())).toBeUndefined()
  })
})

describe('origin of a row', () => {
  const sources = {
    scheduledAt: { source: 'schedule', at: 10 },
    estimatedAt: { source: 'feed', at: 30 },
    gate: { source: 'desk', at: 20, by: 'gate1' },
  } as const

  test('is that of its newest fact', () => {
    expect(latestOrigin(boardDeparture({ sources }))).toMatchObject({ fact: 'estimatedAt', source: 'feed' })
  })

  test('can be asked for some facts only', () => {
    expect(latestOrigin(boardDeparture({ sources }), ['gate'])).toMatchObject({ source: 'desk', by: 'gate1' })
    expect(latestOrigin(boardDeparture({ sources }), ['stand'])).toBeUndefined()
  })
})

test('a flight is spoken of by carrier and number', () => {
  expect(flightName({ carrier: 'B6', number: '739', suffix: 'A' })).toBe('B6 739A')
})
