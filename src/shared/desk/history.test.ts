import { describe, expect, test } from 'vitest'
import { NOON } from '../../testing/fixtures/departure.ts'
import { OWN, openDeskBench } from '../../testing/fixtures/desk-bench.ts'
import { eventually } from '../../testing/fixtures/eventually.ts'
import type { NoticeDecision } from '../domain/notice.ts'
import { readHistory } from './history.ts'

const decision = (overrides: Partial<NoticeDecision>): NoticeDecision => ({
  ...{
    changeId: `${OWN}:1`,
    departureId: OWN,
    revision: 1,
    outcome: 'silent',
    reason: 'no passenger is concerned',
    at: NOON,
  },
  ...overrides,
})

describe('history', () => {
  test('a change stands there alone until it was decided upon', async () => {
    await using bench = await openDeskBench()
    await eventually(async () => (await readHistory(bench.parts, OWN)).length === 1)
    const [entry] = await readHistory(bench.parts, OWN)
    expect(Object.keys(entry ?? {})).toEqual(['change'])
  })

  test('what was decided stands beside it, with the deliveries of a notice', async () => {
    await using bench = await openDeskBench()
    const { notices } = bench.parts.stores
    await eventually(async () => (await readHistory(bench.parts, OWN)).length === 1)
    await notices.saveDecisions([decision({ outcome: 'told', reason: 'gate', noticeId: 'notice-1' })])
    const [entry] = await readHistory(bench.parts, OWN)
    expect(entry).toMatchObject({ decision: { outcome: 'told', reason: 'gate' }, deliveries: {} })
  })

  test('silence has its reason and no deliveries', async () => {
    await using bench = await openDeskBench()
    await eventually(async () => (await readHistory(bench.parts, OWN)).length === 1)
    await bench.parts.stores.notices.saveDecisions([decision({})])
    const [entry] = await readHistory(bench.parts, OWN)
    expect(entry).toMatchObject({ decision: { outcome: 'silent', reason: 'no passenger is concerned' } })
    expect(entry?.deliveries).toBeUndefined()
  })

  test('an unknown departure has none', async () => {
    await using bench = await openDeskBench()
    await expect(readHistory(bench.parts, 'XX1-2026-11-20-JFK')).rejects.toMatchObject({ code: 'FL_DEPARTURE_UNKNOWN' })
  })
})
