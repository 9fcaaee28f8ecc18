import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../shared/domain/instant.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { consoleCommand } from '../../testing/fixtures/console-command.ts'
import type { CommandBody } from '../api/command.ts'
import { conflictRows, decideConflict, obstacle, withOwnChange } from './conflict.ts'

const base = boardDeparture({ gate: 'B3', revision: 7 })
const now = base.scheduledAt - 60 * MINUTE
const toB12: CommandBody = { kind: 'setGate', gate: 'B12' }

function command(body: CommandBody = toB12) {
  return consoleCommand({ base, body })
}

describe('decideConflict', () => {
  test('a change elsewhere on the departure bothers nobody', () => {
    const theirs = { ...base, estimatedAt: base.scheduledAt + 20 * MINUTE, revision: 8 }
    expect(decideConflict(command(), theirs, now)).toBe('rebase')
  })

  test('another value for the same fact asks', () => {
    expect(decideConflict(command(), { ...base, gate: 'C1', revision: 8 }, now)).toBe('ask')
  })

  test('the same value set by somebody else is done', () => {
    expect(decideConflict(command(), { ...base, gate: 'B12', revision: 8 }, now)).toBe('already-so')
  })

  test('a cancellation asks, whatever was edited', () => {
    expect(decideConflict(command(), { ...base, cancelled: { at: now }, revision: 8 }, now)).toBe('ask')
  })

  test('reasons that were coded meanwhile ask whoever sets a delay', () => {
    const mine: CommandBody = { kind: 'setDelay', delay: { minutes: 10 }, reasons: [] }
    const theirs = { ...base, delays: [{ scheme: 'AHM730', code: '93', minutes: 10 }] as const, revision: 8 }
    expect(decideConflict(command(mine), theirs, now)).toBe('ask')
  })

  test('a command that never applied does not pass for one that is done', () => {
    const impossible: CommandBody = { kind: 'divert', airport: 'BWI' }
    expect(decideConflict(command(impossible), { ...base, cancelled: { at: now }, revision: 8 }, now)).toBe('ask')
  })
})

describe('conflictRows', () => {
  test('lay out before, theirs and mine, with who and when', () => {
    const sources = { gate: { source: 'desk', at: 99, by: 'anna' } } as const
    expect(conflictRows(command(), { ...base, gate: 'C1', sources, revision: 8 }, now)).toEqual([
      { fact: 'gate', before: 'B3', theirs: 'C1', mine: 'B12', isDisputed: true, source: 'desk', at: 99, by: 'anna' },
    ])
  })

  test('leave out facts that are absent on every side', () => {
    const delay: CommandBody = { kind: 'setDelay', delay: { minutes: 10 }, reasons: [] }
    const theirs = { ...base, estimatedAt: base.scheduledAt + 30 * MINUTE, revision: 8 }
    expect(conflictRows(command(delay), theirs, now).map(({ fact }) => fact)).toEqual(['estimatedAt'])
  })

  test('add a cancellation that came between, which my edit leaves standing', () => {
    const cancelled = { at: now }
    const rows = conflictRows(command(), { ...base, cancelled, revision: 8 }, now)
    expect(rows.map(({ fact, isDisputed }) => [fact, isDisputed])).toEqual([
      ['gate', false],
      ['cancelled', false],
    ])
  })
})

describe('obstacle', () => {
  test('names in the words of the rule why something cannot be done', () => {
    expect(obstacle({ kind: 'setGate', gate: 'B 12/7' }, base, now)).toContain('not a gate')
    expect(obstacle(toB12, { ...base, cancelled: { at: now } }, now)).toContain('CANCELLED')
    expect(obstacle(toB12, base, now)).toBeUndefined()
  })
})

describe('after one’s own change', () => {
  const next = command({ kind: 'setGate', gate: 'B13' })
  const answer = { departure: { ...base, gate: 'B12', revision: 8 }, revision: 8 }

  test('the next command knows of it, and nobody is asked', () => {
    const known = withOwnChange(next, { command: command(), answer }, now)
    expect(known.base).toMatchObject({ gate: 'B12', revision: 7 })
    expect(decideConflict(known, answer.departure, now)).toBe('rebase')
  })

  test('the value that the service gave counts, not the one that was expected', () => {
    const at = now + 5_000
    const cancelled = { departure: { ...base, cancelled: { at, reason: 'WEAT' as const }, revision: 8 }, revision: 8 }
    const own = { command: command({ kind: 'cancel', reason: 'WEAT' }), answer: cancelled }
    expect(withOwnChange(next, own, now).base.cancelled).toEqual({ at, reason: 'WEAT' })
  })

  test('what others did since is news all the same', () => {
    const repeated = { departure: { ...base, gate: 'C1', revision: 9 }, revision: 8 }
    const known = withOwnChange(next, { command: command(), answer: repeated }, now)
    expect(known.base.gate).toBe('B12')
    expect(decideConflict(known, repeated.departure, now)).toBe('ask')
  })
})
