import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../../shared/domain/instant.ts'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { consoleCommand } from '../../../testing/fixtures/console-command.ts'
import type { CommandBody } from '../../api/command.ts'
import { countQueue, queueLabel, toQueueItems } from './queue-view.ts'

const base = boardDeparture()
const { madeAt } = consoleCommand()
const clocks = { wall: madeAt + 2 * MINUTE, operational: madeAt + 2 * MINUTE, rate: 1 }
const context = { mode: 'local', clocks } as const
const nothing = { pending: [], conflicts: [], failed: [] }

function command(index: number, body: CommandBody = { kind: 'setGate', gate: 'b12' }) {
  return consoleCommand({ commandId: `c${index}`, base, body, madeAt: madeAt + index * MINUTE })
}

function itemOf(body: CommandBody) {
  return toQueueItems({ ...nothing, pending: [{ command: command(0, body), stage: 'waiting' }] }, context)[0]
}

test('an item says which flight, what from what to, since when and until when', () => {
  expect(itemOf({ kind: 'setGate', gate: 'b12' })).toMatchObject({
    flight: 'B6 739',
    route: 'JFK to BOS, scheduled 14:05 EST',
    fields: [{ label: 'Gate', from: 'B3', to: 'B12' }],
    times: 'Made 2 min ago (13:00 EST), valid until 13:30 EST. Based on revision 7.',
    stage: 'waiting',
  })
})

test('facts that are absent before and after are left out', () => {
  const labels = itemOf({ kind: 'setEstimate', estimatedAt: base.scheduledAt + MINUTE })?.fields.map(
    ({ label }) => label,
  )
  expect(labels).toEqual(['Estimate'])
})

test('a mark shows the time at which the person acted', () => {
  const at = Date.parse('2026-11-20T18:30:00Z')
  expect(itemOf({ kind: 'markBoarding', stage: 'BOARDING', at })?.fields).toEqual([
    { label: 'Boarding', from: 'none', to: '13:30 EST' },
  ])
})

test('times are those that the board shows', () => {
  const state = { ...nothing, pending: [{ command: command(0), stage: 'waiting' as const }] }
  expect(toQueueItems(state, { ...context, mode: 'utc' })[0]?.times).toContain('(18:00 UTC)')
})

test('on a replayed day the times are named as those of the day', () => {
  const state = { ...nothing, pending: [{ command: command(0), stage: 'waiting' as const }] }
  const replayed = { ...context, clocks: { ...clocks, operational: 0 } }
  expect(toQueueItems(state, replayed)[0]?.times).toContain('valid until 13:30 EST, time of day.')
})

test('the oldest stands first, wherever it stands with the service', () => {
  const state = {
    failed: [{ command: command(3), kind: 'expired' as const, words: 'late' }],
    conflicts: [{ command: command(1), theirs: base }],
    pending: [
      { command: command(2), stage: 'waiting' as const },
      { command: command(0), stage: 'sending' as const },
    ],
  }
  expect(toQueueItems(state, context).map(({ stage }) => stage)).toEqual(['sending', 'conflict', 'waiting', 'expired'])
})

describe('the badge', () => {
  test('counts what waits, not what is being sent', () => {
    const pending = (['waiting', 'sending', 'waiting'] as const).map((stage, index) => ({
      command: command(index),
      stage,
    }))
    expect(countQueue({ ...nothing, pending })).toEqual({ waiting: 2, conflicts: 0, failed: 0 })
  })

  test.each([
    [{ waiting: 0, conflicts: 0, failed: 0 }, ''],
    [{ waiting: 3, conflicts: 0, failed: 0 }, '3 waiting'],
    [{ waiting: 3, conflicts: 1, failed: 2 }, '2 not made, 1 in conflict, 3 waiting'],
  ])('%j reads "%s"', (counts, label) => {
    expect(queueLabel(counts)).toBe(label)
  })
})
