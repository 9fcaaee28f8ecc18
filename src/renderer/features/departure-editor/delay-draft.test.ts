import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/domain/instant.ts'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { type DelayDraft, needsReasons, readDelayDraft, searchDelayCodes, startDelayDraft } from './delay-draft.ts'

const departure = boardDeparture()
const { scheduledAt } = departure

function draft(entry: string, ...reasons: readonly (readonly [string, string])[]): DelayDraft {
  return {
    kind: 'firm',
    entry,
    reasons: reasons.map(([code, minutes], key) => ({ key, code, minutes })),
    remark: '',
  }
}

const read = (given: DelayDraft, from = departure) => readDelayDraft(given, { departure: from, mode: 'local' })

describe('a firm delay', () => {
  test('is typed as minutes or as the new time', () => {
    expect(read(draft('10')).edit).toMatchObject({ delay: { minutes: 10 }, reasons: [] })
    expect(read(draft('1415')).edit).toMatchObject({ delay: { minutes: 10 } })
    expect(read(draft('1915Z')).edit).toMatchObject({ delay: { minutes: 10 } })
  })

  test('of zero clears it', () => {
    expect(read(draft('0')).edit).toEqual({ delay: { minutes: 0 }, reasons: [], remark: undefined })
  })

  test('from 15 minutes on needs reasons that add up', () => {
    expect(read(draft('45'))).toMatchObject({
      minutes: 45,
      sum: 0,
      problem: expect.stringContaining('make them equal'),
    })
    expect(read(draft('45', ['93', '30']))).toMatchObject({ sum: 30, problem: expect.stringContaining('30 min') })
    expect(read(draft('45', ['93', '30'], ['41', '15'])).edit?.reasons).toEqual([
      { scheme: 'AHM730', code: '93', minutes: 30 },
      { scheme: 'AHM730', code: '41', minutes: 15 },
    ])
  })

  test('gives a line without minutes the rest', () => {
    expect(read(draft('45', ['93', ''])).edit?.reasons).toMatchObject([{ code: '93', minutes: 45 }])
    expect(read(draft('45', ['93', '30'], ['41', ''])).edit?.reasons).toMatchObject([{ minutes: 30 }, { minutes: 15 }])
  })

  test('takes letters for digits', () => {
    expect(read(draft('45', ['ra', ''])).edit?.reasons).toMatchObject([{ code: '93' }])
  })

  test.each([
    ['soon', 'Type minutes'],
    ['-10', 'whole number'],
    ['+3000', 'whole number'],
  ])('%j is refused with a reason', (entry, problem) => {
    expect(read(draft(entry))).toMatchObject({ problem: expect.stringContaining(problem) })
    expect(read(draft(entry)).edit).toBeUndefined()
  })

  test('names what is wrong with a line', () => {
    expect(read(draft('45', ['10', ''])).problem).toContain('10')
    expect(read(draft('45', ['93', '40'], ['', '5'])).problem).toBe('Choose a code for 5 min.')
    expect(read(draft('45', ['93', '50'], ['41', '-5'])).problem).toBeDefined()
    expect(read(draft('45', ['93', 'x'])).problem).toBeDefined()
  })

  test('code 99 needs words', () => {
    expect(read(draft('45', ['99', ''])).problem).toContain('remark')
    expect(read({ ...draft('45', ['99', '']), remark: 'bees in the jetway' }).edit?.remark).toBe('bees in the jetway')
  })

  test('an empty last line is no reason', () => {
    expect(read(draft('45', ['93', '45'], ['', ''])).edit?.reasons).toHaveLength(1)
  })

  test('is saved exactly when sum and delay agree', () => {
    const minutes = fc.integer({ min: 1, max: 600 })
    fc.assert(
      fc.property(minutes, fc.array(minutes, { minLength: 1, maxLength: 4 }), (delay, shares) => {
        const given = draft(`+${delay}`, ...shares.map((share) => ['93', String(share)] as const))
        const isEqual = shares.reduce((sum, share) => sum + share, 0) === delay
        expect(read(given).edit !== undefined).toBe(isEqual)
      }),
    )
  })
})

describe('after off-block', () => {
  const left = boardDeparture({ offBlockAt: scheduledAt + 40 * MINUTE })

  test('only the reasons can change', () => {
    expect(read(draft('50', ['93', '']), left).problem).toContain('left 40 min after')
    expect(read(draft('40', ['93', '']), left).edit?.reasons).toMatchObject([{ minutes: 40 }])
  })
})

describe('an open delay', () => {
  test('needs the moment of the next information', () => {
    expect(read({ ...draft(''), kind: 'open' }).problem).toContain('more information')
    expect(read({ ...draft('1500'), kind: 'open', remark: ' fog ' }).edit).toEqual({
      delay: { nextInformationAt: scheduledAt + 55 * MINUTE },
      reasons: [],
      remark: 'fog',
    })
  })
})

describe('an editor opens', () => {
  test('with what was typed', () => {
    expect(startDelayDraft(departure, '4')).toMatchObject({ kind: 'firm', entry: '4', reasons: [{ code: '' }] })
  })

  test('with the delay and reasons that are there', () => {
    const delays = [{ scheme: 'AHM730', code: '93', minutes: 25 }] as const
    const late = boardDeparture({ estimatedAt: scheduledAt + 25 * MINUTE, delays })
    expect(startDelayDraft(late, '')).toMatchObject({ entry: '25', reasons: [{ code: '93', minutes: '' }] })
  })

  test('so that the largest reason takes what a new delay leaves over', () => {
    const delays = [
      { scheme: 'AHM730', code: '41', minutes: 5 },
      { scheme: 'AHM730', code: '93', minutes: 20 },
    ] as const
    const late = boardDeparture({ estimatedAt: scheduledAt + 25 * MINUTE, delays })
    expect(read({ ...startDelayDraft(late, '6'), entry: '60' }, late).edit?.reasons).toMatchObject([
      { code: '41', minutes: 5 },
      { code: '93', minutes: 55 },
    ])
  })

  test('as open where no firm time is known, until one is typed', () => {
    const open = boardDeparture({ nextInformationAt: scheduledAt })
    expect(startDelayDraft(open, '').kind).toBe('open')
    expect(startDelayDraft(open, '3').kind).toBe('firm')
  })

  test('empty on a flight that is on time or early', () => {
    expect(startDelayDraft(boardDeparture({ estimatedAt: scheduledAt - MINUTE }), '').entry).toBe('')
  })
})

describe('the list of codes', () => {
  const found = (text: string) => searchDelayCodes(text).map(({ code }) => code)

  test('is searched by digits, letters and words', () => {
    expect(found('93')).toEqual(['93'])
    expect(found('ra')[0]).toBe('93')
    expect(found('weather')).toContain('84')
    expect(found('late aircraft')[0]).toBe('93')
    expect(found('aircraft late')).toContain('93')
    expect(found('9')).toEqual(['91', '92', '93', '94', '95', '96', '97', '98', '99'])
    expect(found('zzz')).toEqual([])
  })

  test('is whole while nothing is typed', () => {
    expect(found('').length).toBeGreaterThan(80)
  })
})

test('reasons are required from the threshold on', () => {
  expect([undefined, 14, 15].map(needsReasons)).toEqual([false, false, true])
})
