import type { FactsPatch } from '../../../src/shared/domain/change.ts'
import { type Instant, MINUTE } from '../../../src/shared/domain/instant.ts'
import { planAnnouncements } from './estimates.ts'
import type { Assignment } from './gates.ts'
import { pick } from './hash.ts'
import type { Flown, Timeline } from './timeline.ts'

/** News before it has its place in the day's order. */
export interface News {
  readonly at: Instant
  readonly patch: FactsPatch
}

/** What the news of one departure are made from. */
export interface Course {
  readonly key: string
  readonly timeline: Timeline
  readonly gates: Assignment
  /** When the departure appeared; nothing is told before. */
  readonly appearedAt: Instant
}

const SECOND = 1000

/** Everything that becomes known of one departure after it appeared, in order. */
export function tellCourse(course: Course): readonly News[] {
  const { timeline } = course
  const news = timeline.flown
    ? [
        ...tellEstimates(course, timeline.flown),
        ...tellGateChange(course, timeline.flown),
        ...tellBoarding(course, timeline.flown),
        ...tellMovements(course, timeline.flown),
      ]
    : [tellCancellation(course)]
  return inOrder(news, course.appearedAt)
}

/** News that stand too close or too early are pushed on, so that no two of a departure share a moment. */
function inOrder(news: readonly News[], appearedAt: Instant): readonly News[] {
  let last = appearedAt
  return [...news]
    .sort((left, right) => left.at - right.at)
    .map(({ at, patch }) => {
      last = Math.max(at, last + SECOND)
      return { at: last, patch }
    })
}

function tellCancellation({ key, timeline, appearedAt }: Course): News {
  // Most cancellations of a storm are known hours before; some only when the aircraft was waited for in vain.
  const lead = pick(`${key}|late`, [1, 4]) === 1 ? [20, 90] : [90, 420]
  const at = timeline.scheduledAt - pick(`${key}|cancelled`, [lead[0] ?? 20, lead[1] ?? 90]) * MINUTE
  const known = Math.max(at, appearedAt + pick(`${key}|opened`, [5, 900]) * SECOND)
  return { at: known, patch: { cancelled: { at: known } } }
}

function tellEstimates({ key, timeline }: Course, { delay }: Flown): readonly News[] {
  return planAnnouncements(key, delay).map((announcement) => ({
    at: timeline.scheduledAt + announcement.at * MINUTE + lag(`${key}|${announcement.delay}`),
    patch: {
      estimatedAt: timeline.scheduledAt + announcement.delay * MINUTE,
      estimatedArrivalAt: timeline.scheduledArrivalAt + announcement.delay * MINUTE,
    },
  }))
}

function tellGateChange({ key, gates }: Course, { offBlockAt }: Flown): readonly News[] {
  if (!gates.first) return []
  return [{ at: offBlockAt - pick(`${key}|moved`, [42, 130]) * MINUTE, patch: { ...gates.final } }]
}

function tellBoarding({ key }: Course, { offBlockAt }: Flown): readonly News[] {
  const boardingAt = offBlockAt - pick(`${key}|boarding`, [25, 40]) * MINUTE
  const finalCallAt = offBlockAt - pick(`${key}|final`, [10, 14]) * MINUTE
  const gateClosedAt = offBlockAt - pick(`${key}|closed`, [4, 8]) * MINUTE
  return [
    { at: boardingAt + lag(`${key}|boarding`), patch: { boardingAt } },
    { at: finalCallAt + lag(`${key}|final`), patch: { finalCallAt } },
    { at: gateClosedAt + lag(`${key}|closed`), patch: { gateClosedAt } },
  ]
}

function tellMovements({ key, timeline }: Course, flown: Flown): readonly News[] {
  const { offBlockAt, takeOffAt, landedAt, inBlockAt, divertedAt } = flown
  const block = timeline.scheduledArrivalAt - timeline.scheduledAt
  const expected = (inBlockAt ?? offBlockAt + block) + pick(`${key}|expected`, [-7, 7]) * MINUTE
  const told = (at: Instant | undefined, patch: FactsPatch): readonly News[] =>
    at === undefined ? [] : [{ at: Math.max(at, offBlockAt) + lag(`${key}|${Object.keys(patch).join()}`), patch }]
  return [
    // Off-block ends what a desk may have left open: a promise of further information, a return to the stand.
    ...told(offBlockAt, { offBlockAt, nextInformationAt: null, returnedAt: null }),
    ...told(takeOffAt, { takeOffAt: takeOffAt ?? null, estimatedArrivalAt: expected }),
    ...told(landedAt, { landedAt: landedAt ?? null }),
    ...told(inBlockAt, { inBlockAt: inBlockAt ?? null }),
    ...told(divertedAt, { diverted: { at: divertedAt ?? offBlockAt }, estimatedArrivalAt: null }),
  ]
}

/** Reports take up to a minute to arrive, which also keeps a whole station from changing on the full minute. */
function lag(key: string): number {
  return pick(`${key}|lag`, [0, 50_000])
}
