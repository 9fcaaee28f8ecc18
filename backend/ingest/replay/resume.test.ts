import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '../../../src/shared/domain/instant.ts'
import type { Progress } from './progress.ts'
import { createReplayClock } from './replay-clock.ts'
import { type Found, resume } from './resume.ts'

// 01:30 in New York: the calendar has turned, the operational day has not.
const NIGHT = Date.UTC(2026, 10, 21, 6, 30)
const NOON = Date.UTC(2026, 10, 21, 17)

function found(overrides: Partial<Found> = {}): Found {
  const settings = { start: '14:00', speed: 1 }
  return { stored: undefined, fingerprint: 'f', settings, zone: 'America/New_York', wall: NOON, ...overrides }
}

describe('resume', () => {
  test('the first start is at the time asked for, on the date of the calendar', () => {
    const progress = resume(found())

    expect(progress.anchor).toEqual({ wallAt: NOON, operationalAt: NOON + 2 * HOUR, rate: 1 })
    expect(progress.days).toEqual([
      { date: '2026-11-21', historicalUntil: NOON + 2 * HOUR, playedUntil: Number.MIN_SAFE_INTEGER },
    ])
  })

  test('a start by the clock in the small hours is meant for that very date', () => {
    const settings = { start: '01:00', speed: 1 }

    expect(resume(found({ settings, wall: NIGHT })).days.at(-1)?.date).toBe('2026-11-21')
  })

  test('live before 04:00 is still yesterday', () => {
    const progress = resume(found({ settings: { start: 'live', speed: 1 }, wall: NIGHT }))

    expect(progress.days.at(-1)?.date).toBe('2026-11-20')
    expect(progress.anchor.operationalAt).toBe(NIGHT)
  })

  test('a later process goes on as time went on', () => {
    const stored = resume(found({ settings: { start: '14:00', speed: 4 } }))
    const again = resume(found({ settings: { start: '14:00', speed: 4 }, stored, wall: NOON + HOUR }))

    expect(again).toEqual(stored)
    expect(createReplayClock(() => NOON + HOUR, again.anchor).operational()).toBe(NOON + 6 * HOUR)
  })

  test('another speed goes on from the place reached', () => {
    const stored = resume(found())
    const faster = resume(found({ stored, wall: NOON + HOUR, settings: { start: '14:00', speed: 30 } }))

    expect(faster.anchor).toEqual({ wallAt: NOON + HOUR, operationalAt: NOON + 3 * HOUR, rate: 30 })
  })

  test('another start is obeyed, and what was played stays played', () => {
    const stored = resume(found())
    const earlier = resume(found({ stored, wall: NOON + HOUR, settings: { start: '06:00', speed: 1 } }))

    expect(earlier.anchor.operationalAt).toBe(NOON - 6 * HOUR)
    expect(earlier.days).toEqual(stored.days)
  })

  test('another file starts again and clears what the first left', () => {
    const stored = resume(found())

    expect(resume(found({ stored, fingerprint: 'g' })).days).toEqual([{ ...stored.days[0], replaces: true }])
  })

  test('a new date joins the unfinished ones; what ended is forgotten', () => {
    const stored = resume(found())
    const [first] = stored.days
    if (!first) throw new Error('no day was laid')
    const days: Progress['days'] = [
      { ...first, done: true },
      { ...first, date: '2026-11-22' },
    ]
    const later = resume(found({ stored: { ...stored, days }, wall: NOON + 5 * DAY }))

    expect(later.days.map(({ date }) => date)).toEqual(['2026-11-22', '2026-11-26'])
    expect(later.days.at(-1)?.historicalUntil).toBe(NOON + 5 * DAY + 2 * HOUR)
  })

  test('played at once and live stays on the operational date, however late its last flight arrives', () => {
    const settings = { start: 'live', speed: 'max' } as const
    const stored = resume(found({ settings }))
    const ended = { ...stored, anchor: { ...stored.anchor, operationalAt: NOON + 20 * HOUR } }

    expect(resume(found({ settings, stored: ended, wall: NOON + HOUR })).days).toHaveLength(1)
  })
})

describe('the operational clock', () => {
  test('one that stands still is moved on and never back', () => {
    const clock = createReplayClock(() => NOON, { wallAt: 0, operationalAt: 100, rate: 0 })
    clock.reach(200)
    clock.reach(150)

    expect(clock.operational()).toBe(200)
    expect(clock.rate).toBe(0)
  })

  test('one that runs is not moved by what is played', () => {
    const clock = createReplayClock(() => 10, { wallAt: 0, operationalAt: 100, rate: 2 })
    clock.reach(1_000)

    expect(clock.operational()).toBe(120)
  })
})
