import { describe, expect, test } from 'vitest'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { isFiltering, isShown, stationsOf, statusChoices } from './board-filter.ts'

const departure = boardDeparture({
  gate: 'B12',
  terminal: '5',
  codeshares: ['LH6800'],
  aircraft: { registration: 'N580JB', type: 'A320' },
})
const everything = { search: '', stations: [], statuses: [] }
const search = (text: string) => isShown(departure, { ...everything, search: text })

describe('the search', () => {
  test.each([
    'b6739',
    'B6 739',
    '739',
    'lh6800',
    'bos',
    'jfk bos',
    'b12',
    't5',
    'n580',
    'a320',
    'scheduled',
    ' bos  739 ',
  ])('%j finds the row', (text) => {
    expect(search(text)).toBe(true)
  })

  test.each(['lax', 'bos lax', 'b13', 'cancelled'])('%j does not', (text) => {
    expect(search(text)).toBe(false)
  })

  test('follows the row when it changes', () => {
    expect(isShown({ ...departure, gate: 'C9' }, { ...everything, search: 'c9' })).toBe(true)
  })
})

describe('the filters', () => {
  test('an empty one shows everything', () => {
    expect(isShown(departure, everything)).toBe(true)
    expect(isFiltering(everything)).toBe(false)
    expect(isFiltering({ ...everything, search: '  ' })).toBe(false)
    expect(isFiltering({ ...everything, stations: ['JFK'] })).toBe(true)
  })

  test('station and status both have to fit', () => {
    expect(isShown(departure, { ...everything, stations: ['EWR', 'JFK'] })).toBe(true)
    expect(isShown(departure, { ...everything, stations: ['EWR'] })).toBe(false)
    expect(isShown(departure, { ...everything, stations: ['JFK'], statuses: ['CANCELLED'] })).toBe(false)
    expect(isShown({ ...departure, cancelled: { at: 1 } }, { ...everything, statuses: ['CANCELLED'] })).toBe(true)
  })

  test('stations are offered once each, in order', () => {
    expect(stationsOf([{ ...departure, origin: 'LGA' }, departure, { ...departure, origin: 'LGA' }])).toEqual([
      'JFK',
      'LGA',
    ])
  })

  test('every status can be chosen by its words', () => {
    expect(statusChoices.find(({ value }) => value === 'FINAL_CALL')?.label).toBe('Final call')
  })
})
