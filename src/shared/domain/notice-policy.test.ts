import { describe, expect, test } from 'vitest'
import type { ToldState } from '../ports/notice-stores.ts'
import { amend, create, type FactsPatch, type Stamp } from './change.ts'
import type { Departure } from './departure.ts'
import { DAY, HOUR, MINUTE } from './instant.ts'
import type { Notice, NoticeDecision } from './notice.ts'
import { decideNotice, decidePending, MERGE_WINDOW } from './notice-policy.ts'

const START = Date.UTC(2026, 10, 20, 8)
const STD = START + 6 * HOUR

const identity = {
  id: 'B6739-2026-11-20-JFK',
  carrier: 'B6',
  number: '739',
  suffix: '',
  originDate: '2026-11-20',
  origin: 'JFK',
  originZone: 'America/New_York',
  destination: 'SJU',
  codeshares: [],
  demo: true,
}

/** Plays edits of one departure through the policy, as the notifier does. */
function openStory(facts: Partial<Departure> = {}) {
  const stamp = (at: number, more: Partial<Stamp> = {}): Stamp => ({ source: 'desk', at, operationalAt: at, ...more })
  let amendment = create(identity, { scheduledAt: STD, ...facts }, stamp(START))
  let state: ToldState | undefined
  const decisions: NoticeDecision[] = []
  const notices: Notice[] = []

  function decide(now: number): NoticeDecision | undefined {
    const event = { departure: amendment.next, change: amendment.change }
    return keep(decideNotice({ state, event, now }))
  }
  function keep(outcome: ReturnType<typeof decideNotice>): NoticeDecision | undefined {
    if (!outcome) return undefined
    state = outcome.next
    decisions.push(outcome.decision)
    if (outcome.notice) notices.push(outcome.notice)
    return outcome.decision
  }
  decide(START)
  return {
    decisions,
    notices,
    state: () => state,
    last: () => notices.at(-1),
    repeat: (now: number) => decide(now),
    edit(patch: FactsPatch, now: number, more: Partial<Stamp> = {}) {
      const next = amend(amendment.next, patch, stamp(now, more))
      if (!next) throw new Error('this edit changes nothing')
      amendment = next
      return decide(now)
    },
    endWindow: (now: number) => (state ? keep(decidePending(state, now, now)) : undefined),
  }
}

const late = (minutes: number): FactsPatch => ({ estimatedAt: STD + minutes * MINUTE })

describe('the delay', () => {
  test.each([
    [14, 'silent', 'time moved by 14 min, under 15'],
    [15, 'told', 'told: delay'],
    [400, 'told', 'told: delay'],
  ])('of %i min is %s', (minutes, outcome, reason) => {
    expect(openStory().edit(late(minutes), START)).toMatchObject({ outcome, reason })
  })

  test('is counted from what was told last, so small steps add up', () => {
    const story = openStory()
    story.edit(late(20), START)
    expect(story.edit(late(30), START + HOUR)).toMatchObject({ outcome: 'silent' })
    expect(story.edit(late(35), START + 2 * HOUR)).toMatchObject({ outcome: 'told' })
    expect(story.notices).toHaveLength(2)
    expect(story.last()).toMatchObject({
      before: { estimatedAt: STD + 20 * MINUTE },
      after: { estimatedAt: STD + 35 * MINUTE },
    })
  })

  test('that shrinks by 15 min or more is told as well', () => {
    const story = openStory()
    story.edit(late(60), START)
    expect(story.edit(late(50), START + HOUR)?.outcome).toBe('silent')
    expect(story.edit(late(45), START + HOUR)?.outcome).toBe('told')
    expect(story.edit({ estimatedAt: null }, START + 2 * HOUR)?.outcome).toBe('told')
    expect(story.last()?.after).not.toHaveProperty('estimatedAt')
  })

  test('is never told as a time before the schedule', () => {
    const story = openStory()
    expect(story.edit(late(-40), START)?.outcome).toBe('silent')
    story.edit(late(20), START + HOUR)
    story.edit(late(-48), START + 2 * HOUR)
    expect(story.last()?.after.estimatedAt).toBe(STD)
  })

  test('without a firm time is told, and so is the firm time that follows', () => {
    const story = openStory()
    const openEnded = { nextInformationAt: START + 2 * HOUR, estimatedAt: null }
    expect(story.edit(openEnded, START)).toMatchObject({ outcome: 'told', reason: 'told: delay' })
    expect(story.last()?.after).toMatchObject({ nextInformationAt: START + 2 * HOUR })
    expect(story.edit({ nextInformationAt: START + 2 * HOUR + 5 * MINUTE }, START + HOUR)?.outcome).toBe('silent')
    expect(story.edit({ nextInformationAt: START + 3 * HOUR }, START + HOUR)?.outcome).toBe('told')
    expect(story.edit({ nextInformationAt: null, ...late(5) }, START + 2 * HOUR)?.outcome).toBe('told')
  })

  test('is silent once the departure has left, and told again after its return', () => {
    const story = openStory()
    story.edit({ offBlockAt: STD + 40 * MINUTE, ...late(40) }, STD + 40 * MINUTE)
    expect(story.decisions.at(-1)).toMatchObject({ outcome: 'silent', reason: 'departed already' })
    const back = { offBlockAt: null, returnedAt: STD + HOUR, ...late(180) }
    expect(story.edit(back, STD + HOUR)?.outcome).toBe('told')
  })

  test('known at the first sight of a departure is told', () => {
    expect(openStory({ estimatedAt: STD + HOUR }).notices).toMatchObject([{ kind: 'delay', before: { revision: 0 } }])
  })

  test('is critical only for those who travel within 24 operational hours', () => {
    const soon = openStory()
    soon.edit(late(30), START)
    const later = openStory()
    later.edit(late(30), START, { operationalAt: STD - DAY - MINUTE })
    expect([soon.last()?.critical, later.last()?.critical]).toEqual([true, false])
  })
})

describe('the gate', () => {
  test('is told when it differs from the one that was known, and not when it is the first', () => {
    const story = openStory()
    expect(story.edit({ gate: 'B3' }, START)).toMatchObject({
      outcome: 'silent',
      reason: 'first gate, not a change of gate',
    })
    expect(story.edit({ gate: 'B12' }, START)?.outcome).toBe('told')
    expect(story.last()).toMatchObject({
      kinds: ['gate'],
      critical: true,
      before: { gate: 'B3' },
      after: { gate: 'B12' },
    })
  })

  test('that was taken back stays known, so the next one is a change', () => {
    const story = openStory({ gate: 'B3' })
    expect(story.edit({ gate: null }, START)?.outcome).toBe('silent')
    expect(story.edit({ gate: 'B3' }, START + MINUTE)).toMatchObject({ reason: 'same as what was told' })
    story.edit({ gate: null, ...late(30) }, START + 2 * MINUTE)
    expect(story.edit({ gate: 'C1' }, START + HOUR)).toMatchObject({ outcome: 'told', reason: 'told: gate' })
  })

  test('with the same name in another terminal is another gate; a first terminal is not', () => {
    const story = openStory({ gate: '12' })
    expect(story.edit({ terminal: 'T4' }, START)?.outcome).toBe('silent')
    expect(story.edit({ terminal: 'T5' }, START)?.outcome).toBe('told')
  })

  test('leaves at once within the window and carries along what waited', () => {
    const story = openStory({ gate: 'B3' })
    story.edit(late(20), START)
    expect(story.edit(late(60), START + MINUTE)?.outcome).toBe('merged')
    expect(story.edit({ gate: 'B12' }, START + 2 * MINUTE)).toMatchObject({
      outcome: 'told',
      reason: 'told: delay, gate',
    })
    expect(story.endWindow(START + HOUR)).toBeUndefined()
    expect(story.last()?.after).toMatchObject({ gate: 'B12', estimatedAt: STD + HOUR })
  })

  test('is silent after the departure has left', () => {
    const story = openStory({ gate: 'B3' })
    story.edit({ offBlockAt: STD }, STD)
    expect(story.edit({ gate: 'B12' }, STD + MINUTE)?.outcome).toBe('silent')
  })
})

describe('cancellation, reinstatement and diversion', () => {
  test('a cancellation leaves at once, whatever waits', () => {
    const story = openStory()
    story.edit(late(20), START)
    story.edit(late(60), START + MINUTE)
    expect(story.edit({ cancelled: { at: START, reason: 'WEAT' } }, START + MINUTE)?.outcome).toBe('told')
    expect(story.last()).toMatchObject({ kinds: ['cancellation'], critical: true, after: { cancelled: true } })
    expect(story.state()?.pending).toBeUndefined()
  })

  test('of a cancelled departure neither gate nor delay is told', () => {
    const story = openStory({ gate: 'B3' })
    story.edit({ cancelled: { at: START } }, START)
    expect(story.edit(late(60), START + HOUR)).toMatchObject({
      outcome: 'silent',
      reason: 'cancelled already, and told',
    })
    expect(story.edit({ gate: 'C1' }, START + HOUR)?.outcome).toBe('silent')
  })

  test('a reinstatement tells the time it brings along', () => {
    const story = openStory()
    story.edit({ cancelled: { at: START } }, START)
    story.edit({ cancelled: null, ...late(90) }, START + HOUR)
    expect(story.last()).toMatchObject({ kinds: ['reinstatement', 'delay'], critical: true })
  })

  test('a cancellation taken back within the window is told at its end', () => {
    const story = openStory()
    story.edit({ cancelled: { at: START } }, START)
    expect(story.edit({ cancelled: null }, START + MINUTE)?.outcome).toBe('merged')
    expect(story.endWindow(START + MERGE_WINDOW)).toMatchObject({ outcome: 'told', reason: 'told: reinstatement' })
  })

  test('a diversion is told after departure, again with another airport, and when it is taken back', () => {
    const story = openStory()
    story.edit({ offBlockAt: STD }, STD)
    story.edit({ diverted: { at: STD + HOUR } }, STD + HOUR)
    story.edit({ diverted: { at: STD + HOUR, airport: 'PHL' } }, STD + 2 * HOUR)
    story.edit({ diverted: null }, STD + 3 * HOUR)
    expect(story.notices.map(({ kinds, after }) => [...kinds, after.diverted])).toEqual([
      ['diversion', {}],
      ['diversion', { airport: 'PHL' }],
      ['diversion', undefined],
    ])
  })
})

describe('the window for merging', () => {
  test('holds back until its end and tells the final state once', () => {
    const story = openStory()
    story.edit(late(20), START)
    story.edit(late(60), START + MINUTE)
    story.edit(late(90), START + 2 * MINUTE)
    expect(story.endWindow(START + MERGE_WINDOW - 1)).toBeUndefined()
    expect(story.endWindow(START + MERGE_WINDOW)).toMatchObject({ outcome: 'told', changeId: `${identity.id}:4` })
    expect(story.notices).toHaveLength(2)
    expect(story.last()?.after.estimatedAt).toBe(STD + 90 * MINUTE)
  })

  test('ends silently when all returned to what was told', () => {
    const story = openStory()
    story.edit(late(20), START)
    story.edit(late(60), START + MINUTE)
    expect(story.edit(late(20), START + 2 * MINUTE)?.outcome).toBe('merged')
    expect(story.endWindow(START + MERGE_WINDOW)).toMatchObject({
      outcome: 'silent',
      reason: 'returned to what was told',
    })
    expect(story.state()?.pending).toBeUndefined()
  })

  test('ends silently when the departure left meanwhile', () => {
    const story = openStory()
    story.edit(late(20), START)
    story.edit(late(60), START + MINUTE)
    expect(story.edit({ offBlockAt: STD }, START + 2 * MINUTE)?.outcome).toBe('silent')
    expect(story.endWindow(START + MERGE_WINDOW)?.reason).toContain('departed before')
  })

  test('a change that is told at once after the end takes what waited along', () => {
    const story = openStory()
    story.edit(late(20), START)
    story.edit(late(60), START + MINUTE)
    expect(story.edit(late(90), START + 4 * MINUTE)?.outcome).toBe('told')
    expect(story.endWindow(START + HOUR)).toBeUndefined()
  })

  test('a wall clock that was set back does not hold a notice for longer', () => {
    const story = openStory()
    story.edit(late(20), START + HOUR)
    expect(story.edit(late(60), START)?.outcome).toBe('told')
  })

  test('a notice sent at its end opens the next one', () => {
    const story = openStory()
    story.edit(late(20), START)
    story.edit(late(60), START + MINUTE)
    story.endWindow(START + MERGE_WINDOW)
    expect(story.edit(late(120), START + MERGE_WINDOW + MINUTE)?.outcome).toBe('merged')
  })
})

describe('what tells nobody', () => {
  test('a revision that was decided is dropped', () => {
    const story = openStory()
    story.edit(late(20), START)
    expect(story.repeat(START + HOUR)).toBeUndefined()
  })

  test.each([
    [{ boardingAt: STD }],
    [{ stand: '12' }],
    [{ remark: 'crew late' }],
    [{ delays: [{ scheme: 'AHM730', code: '93', minutes: 5 }] }],
  ] as const)('%j leaves one decision with the reason', (patch) => {
    expect(openStory().edit(patch, START)).toMatchObject({
      outcome: 'silent',
      reason: 'nothing that passengers are told about',
    })
  })

  test('the past of a replayed day is silent, yet later moves are compared with it', () => {
    const story = openStory({ gate: 'B3' })
    const past = { historical: true } as const
    const silent = { outcome: 'silent', reason: 'before the start of the replayed day' }
    expect(story.edit({ ...late(60), gate: 'B4' }, START, past)).toMatchObject(silent)
    expect(story.edit(late(65), START)?.outcome).toBe('silent')
    expect(story.edit(late(80), START)?.outcome).toBe('told')
    expect(story.last()?.before).toMatchObject({ estimatedAt: STD + HOUR, gate: 'B4' })
  })

  test('of a departure first seen in the middle of its life only the change itself is told', () => {
    const first = create(identity, { scheduledAt: STD, gate: 'B3', estimatedAt: STD + HOUR }, stampAt(START)).next
    const second = amend(first, { boardingAt: STD }, stampAt(START))
    if (!second) throw new Error('no change')
    const event = { departure: second.next, change: second.change }
    const outcome = decideNotice({ state: undefined, event, now: START })
    expect(outcome?.decision.outcome).toBe('silent')
    expect(outcome?.next.told).toMatchObject({ gate: 'B3', estimatedAt: STD + HOUR })
  })
})

function stampAt(at: number): Stamp {
  return { source: 'feed', at, operationalAt: at }
}
