import { expect, test } from 'vitest'
import { planDay } from '../../../../backend/ingest/replay/plan-day.ts'
import { create } from '../../../shared/domain/change.ts'
import { MINUTE } from '../../../shared/domain/instant.ts'
import { feedStamp } from '../../fixtures/amendment.ts'
import { sampleReference } from '../../fixtures/real-days.ts'
import { fewRows } from '../../fixtures/replays.ts'
import { checkDay } from './check-day.ts'

const rows = fewRows().slice(0, 12)
const plan = planDay(rows, sampleReference(), { today: '2026-11-21' })

/** The day as it must end. */
const ended = plan.departures.map(({ identity, facts }, index) => {
  const row = rows[index]
  const late = (from: number | undefined, by: number | undefined) => (from ?? 0) + (by ?? 0) * MINUTE
  const { next } = create(
    identity,
    {
      ...facts,
      ...(row?.departure === undefined && { cancelled: { at: 0 } }),
      ...(row?.departureDelay !== undefined && { offBlockAt: late(facts.scheduledAt, row.departureDelay) }),
      ...(row?.arrival !== undefined && { inBlockAt: late(facts.scheduledArrivalAt, row.arrivalDelay) }),
    },
    feedStamp(),
  )
  return next
})
const asEnded = () => new Map(ended.map((departure) => [departure.id, departure]))

test('a day that ended as the file says has no problems', () => {
  expect(checkDay({ rows, plan, last: asEnded() })).toEqual([])
})

test('a lost row, a wrong time and a cancellation that was none are found', () => {
  const last = asEnded()
  const [lost, late, cancelled] = ended.filter(({ offBlockAt }) => offBlockAt !== undefined)
  if (!lost || !late || !cancelled) throw new Error('the sample has flights that left')
  last.delete(lost.id)
  last.set(late.id, { ...late, offBlockAt: (late.offBlockAt ?? 0) + MINUTE })
  last.set(cancelled.id, { ...cancelled, cancelled: { at: 0 } })
  const problems = checkDay({ rows, plan, last }).join('\n')
  expect(problems).toContain('12 rows made 11 departures')
  expect(problems).toContain('is on no board')
  expect(problems).toContain(`${late.id}: off-block differs`)
  expect(problems).toContain(`${cancelled.id}: cancellation differs`)
})
