import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ToldState } from '../ports/notice-stores.ts'
import { type Amendment, amend, create, type FactsPatch } from './change.ts'
import { HOUR, MINUTE } from './instant.ts'
import type { Notice } from './notice.ts'
import { decideNotice, decidePending, MERGE_WINDOW, type NoticeOutcome } from './notice-policy.ts'
import { toldFacts } from './told-facts.ts'
import { untoldKinds } from './untold.ts'

const START = Date.UTC(2026, 10, 20, 8)
const STD = START + 6 * HOUR

const identity = {
  id: 'DL1-2026-11-20-LGA',
  carrier: 'DL',
  number: '1',
  suffix: '',
  originDate: '2026-11-20',
  origin: 'LGA',
  originZone: 'America/New_York',
  destination: 'ATL',
  codeshares: [],
  demo: false,
}

const estimate = fc.option(fc.integer({ min: -30, max: 240 }).map((minutes) => STD + minutes * MINUTE))

const patch: fc.Arbitrary<FactsPatch> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ estimatedAt: estimate }) },
  { weight: 3, arbitrary: fc.record({ gate: fc.constantFrom('A1', 'A2', 'B7', null) }) },
  { weight: 1, arbitrary: fc.constantFrom({ cancelled: { at: START } }, { cancelled: null }) },
  { weight: 1, arbitrary: fc.constantFrom({ offBlockAt: STD }, { offBlockAt: null, returnedAt: STD }) },
  { weight: 1, arbitrary: fc.constantFrom({ diverted: { at: STD, airport: 'PHL' } }, { diverted: null }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ nextInformationAt: START + HOUR, estimatedAt: null }, { boardingAt: STD }),
  },
)

const step = fc.record({ patch, pause: fc.integer({ min: 0, max: 4 * MINUTE }), repeated: fc.boolean() })
const steps = fc.array(step, { maxLength: 25 })
type Steps = readonly { patch: FactsPatch; pause: number; repeated: boolean }[]

interface Run {
  readonly notices: readonly Notice[]
  readonly outcomes: readonly NoticeOutcome[]
  readonly state: ToldState | undefined
  readonly last: Amendment
}

/** Plays all steps, ends windows when their time has come, and at the end waits out the last one. */
function play(story: Steps, withRepetitions: boolean): Run {
  let last = create(identity, { scheduledAt: STD }, { source: 'feed', at: START, operationalAt: START })
  let now = START
  let state: ToldState | undefined
  const outcomes: NoticeOutcome[] = []
  const keep = (outcome: NoticeOutcome | undefined) => {
    if (!outcome) return
    state = outcome.next
    outcomes.push(outcome)
  }
  const decide = () => keep(decideNotice({ state, event: { departure: last.next, change: last.change }, now }))
  decide()
  for (const { patch: given, pause, repeated } of story) {
    const dueAt = state?.pending?.dueAt
    if (state && dueAt !== undefined && dueAt <= now + pause) keep(decidePending(state, dueAt, dueAt))
    now += pause
    const next = amend(last.next, given, { source: 'desk', at: now, operationalAt: now })
    if (next) last = next
    decide()
    if (repeated && withRepetitions) decide()
  }
  if (state) keep(decidePending(state, now + MERGE_WINDOW, now + MERGE_WINDOW))
  return { notices: outcomes.flatMap(({ notice }) => notice ?? []), outcomes, state, last }
}

test('repeated events change nothing: the same notices in the same order', () => {
  fc.assert(
    fc.property(steps, (story) => {
      expect(play(story, true).notices).toEqual(play(story, false).notices)
    }),
  )
})

test('in the end nothing is left untold', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const { state, last } = play(story, true)
      expect(state && untoldKinds(state.told, last.next)).toEqual([])
    }),
  )
})

test('each notice tells the state it was decided from and begins where the one before ended', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const { notices, state } = play(story, true)
      for (const [index, notice] of notices.entries()) {
        expect(notice.after).toEqual(toldFacts(notice.departure))
        const before = notices[index - 1]?.after
        expect(notice.before.estimatedAt).toBe(before?.estimatedAt)
        expect(notice.before.cancelled).toBe(before?.cancelled)
      }
      const after = notices.at(-1)?.after
      const { estimatedAt, cancelled, diverted } = state?.told ?? {}
      expect({ estimatedAt: after?.estimatedAt, cancelled: after?.cancelled, diverted: after?.diverted }).toEqual({
        estimatedAt,
        cancelled,
        diverted,
      })
    }),
  )
})

test('sequence and time of notices rise, and within a window only cancellation and gate are told', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const told = play(story, false).outcomes.filter(({ notice }) => notice)
      for (const [index, { notice, next }] of told.entries()) {
        expect(next.sequence).toBe(index + 1)
        const gap = (notice?.createdAt ?? 0) - (told[index - 1]?.notice?.createdAt ?? 0)
        const isUrgent = notice?.kinds.some((kind) => kind === 'cancellation' || kind === 'gate')
        expect(gap >= MERGE_WINDOW || isUrgent).toBe(true)
      }
    }),
  )
})

test('every change has exactly one final decision, with a reason', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const { outcomes, last } = play(story, true)
      const decided = new Map(outcomes.map(({ decision }) => [decision.revision, decision]))
      expect([...decided.keys()].sort((left, right) => left - right)).toEqual(
        Array.from({ length: last.next.revision }, (_, index) => index + 1),
      )
      expect([...decided.values()].every(({ reason }) => reason.length > 0)).toBe(true)
    }),
  )
})
