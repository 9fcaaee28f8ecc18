import { describe, expect, test } from 'vitest'
import { type BroadcastDraft, countText, readAudience, readContent, startBroadcastDraft } from './broadcast-draft.ts'

const view = { timeMode: 'local', search: '', stations: [], statuses: [], selected: [] } as const
const draft = (overrides: Partial<BroadcastDraft> = {}): BroadcastDraft => ({
  ...startBroadcastDraft(view),
  ...overrides,
})

describe('a draft', () => {
  test('begins with the ticked rows', () => {
    expect(startBroadcastDraft({ ...view, selected: ['a', 'b'] })).toMatchObject({ kind: 'rows', rows: ['a', 'b'] })
  })

  test("begins with the board's filter where nothing is ticked", () => {
    const filtered = startBroadcastDraft({ ...view, stations: ['JFK'], statuses: ['CANCELLED'] })
    expect(filtered).toMatchObject({ kind: 'filter', origin: 'JFK', status: 'CANCELLED' })
  })

  test('guesses none of several stations', () => {
    expect(startBroadcastDraft({ ...view, stations: ['JFK', 'EWR'] }).origin).toBe('')
  })
})

describe('an audience', () => {
  test('of rows needs rows', () => {
    expect(readAudience(draft({ kind: 'rows', rows: ['x'] }))).toEqual({ audience: { flightIds: ['x'] } })
    expect(readAudience(draft({ kind: 'rows' }))).toHaveProperty('problem')
  })

  test('of a filter holds only what was given', () => {
    expect(readAudience(draft())).toEqual({ audience: { filter: {} } })
    const given = draft({ origin: ' jfk', destination: 'bos', carrier: 'b6', status: 'DELAYED', delayedAtLeast: '60' })
    expect(readAudience(given)).toEqual({
      audience: { filter: { origin: 'JFK', destination: 'BOS', carrier: 'B6', status: 'DELAYED', delayedAtLeast: 60 } },
    })
  })

  test.each([
    [{ origin: 'JF' }, 'three letters'],
    [{ destination: 'B0S' }, 'three letters'],
    [{ carrier: 'JetBlue' }, 'two characters'],
    [{ delayedAtLeast: 'some' }, 'whole number'],
  ])('%j is refused with a reason', (fields, problem) => {
    expect(readAudience(draft(fields))).toEqual({ problem: expect.stringContaining(problem) })
  })
})

describe('the content', () => {
  test('is trimmed text with severity, channels and validity', () => {
    expect(readContent(draft({ text: ' Snow. ' }))).toEqual({
      content: { text: 'Snow.', severity: 'info', channels: ['email'], validMinutes: 120 },
    })
  })

  test.each([
    [{ text: '  ' }, 'Write'],
    [{ text: 'x'.repeat(1001) }, 'Shorten'],
    [{ text: 'Snow.', channels: [] }, 'channel'],
  ])('%j is refused with a reason', (fields, problem) => {
    expect(readContent(draft(fields))).toEqual({ problem: expect.stringContaining(problem) })
  })
})

test('counts come with their word', () => {
  expect(countText(1, 'flight', 'flights')).toBe('1 flight')
  expect(countText(12345, 'passenger', 'passengers')).toBe('12,345 passengers')
})
