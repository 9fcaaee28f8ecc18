import { describe, expect, test } from 'vitest'
import { departure, departures, NOON } from '../fixtures/departure.ts'
import { decision, notice, toldState } from '../fixtures/notices.ts'
import type { OpenPair } from './store-pair.ts'

/** What every `NoticeStore` keeps to. */
export function describeNoticeStore(name: string, open: OpenPair): void {
  describe(`NoticeStore on ${name}`, () => {
    describe('states', () => describeStates(open))
    describe('decisions', () => describeDecisions(open))
    describe('notices', () => describeNotices(open))
  })
}

function describeStates(open: OpenPair): void {
  test('a state is replaced as a whole', async () => {
    await using pair = await open()
    const pending = { dueAt: NOON + 5, changeId: 'x:2', latest: departure() }
    const waiting = toldState({ pending, lastNoticeAt: NOON, told: { revision: 1, cancelled: true, diverted: {} } })
    expect(await pair.first.notices.state(waiting.departureId)).toBeUndefined()
    await pair.first.notices.saveState(waiting)
    expect(await pair.second.notices.state(waiting.departureId)).toEqual(waiting)
    const done = toldState({ lastRevision: 2, sequence: 1 })
    await pair.second.notices.saveState(done)
    expect(await pair.first.notices.state(waiting.departureId)).toEqual(done)
  })

  test('those whose window has ended are due, the earliest first', async () => {
    await using pair = await open()
    const dueAts = [NOON + 2, NOON, undefined, NOON + 1, NOON + 3]
    const made = departures(5)
    for (const [index, latest] of made.entries()) {
      const dueAt = dueAts[index]
      const pending = dueAt === undefined ? {} : { pending: { dueAt, changeId: 'x:2', latest } }
      await pair.first.notices.saveState(toldState({ departureId: latest.id, ...pending }))
    }
    const due = async (now: number, limit: number) =>
      (await pair.second.notices.dueStates(now, limit)).map(({ departureId }) =>
        made.findIndex(({ id }) => id === departureId),
      )
    expect(await due(NOON + 2, 10)).toEqual([1, 3, 0])
    expect(await due(NOON + 2, 2)).toEqual([1, 3])
    expect(await due(NOON - 1, 10)).toEqual([])
  })

  test('a state that no longer waits is not due', async () => {
    await using pair = await open()
    await pair.first.notices.saveState(toldState({ pending: { dueAt: NOON, changeId: 'x:2', latest: departure() } }))
    await pair.first.notices.saveState(toldState())
    expect(await pair.first.notices.dueStates(NOON * 2, 10)).toEqual([])
  })
}

function describeDecisions(open: OpenPair): void {
  test('are listed by revision', async () => {
    await using pair = await open()
    const made = [11, 2, 10].map((revision) => decision({ revision }))
    await pair.first.notices.saveDecisions(made)
    const listed = await pair.second.notices.decisions(departure().id)
    expect(listed.map(({ revision }) => revision)).toEqual([2, 10, 11])
    expect(listed[1]).toEqual(made[2])
    expect(await pair.first.notices.decisions('XX1-2026-11-20-JFK')).toEqual([])
  })

  test('made again replace the first: a change has exactly one', async () => {
    await using pair = await open()
    await pair.first.notices.saveDecisions([decision({ outcome: 'merged' })])
    const told = decision({ outcome: 'told', noticeId: 'n1' })
    await pair.second.notices.saveDecisions([told, told])
    await pair.second.notices.saveDecisions([])
    expect(await pair.first.notices.decisions(departure().id)).toEqual([told])
  })
}

function describeNotices(open: OpenPair): void {
  test('one is read as it was put, and stays so', async () => {
    await using pair = await open()
    const made = notice({ text: 'Water at gate', severity: 'warning', critical: true })
    await pair.first.notices.put(made, 4)
    await pair.second.notices.put({ ...made, text: 'other' }, 5)
    expect(await pair.second.notices.get(made.id)).toEqual(made)
    expect(await pair.second.notices.pendingFanOut(NOON, 10)).toEqual([{ notice: made, sequence: 4 }])
    expect(await pair.second.notices.get('nothing')).toBeUndefined()
  })

  test('wait for their moment and for being fanned out, the oldest first', async () => {
    await using pair = await open()
    const put = (id: string, times: { createdAt: number; dueAt?: number }, sequence: number) =>
      pair.first.notices.put(notice({ id, dueAt: times.createdAt, ...times }), sequence)
    await put('later', { createdAt: NOON + 2 }, 3)
    await put('second', { createdAt: NOON + 1 }, 2)
    await put('first', { createdAt: NOON + 1 }, 1)
    await put('quiet', { createdAt: NOON, dueAt: NOON + 9 }, 1)
    const pending = async (now: number, limit = 10) =>
      (await pair.second.notices.pendingFanOut(now, limit)).map((each) => each.notice.id)
    expect(await pending(NOON + 2)).toEqual(['first', 'second', 'later'])
    expect(await pending(NOON + 2, 1)).toEqual(['first'])
    expect(await pending(NOON + 9)).toEqual(['quiet', 'first', 'second', 'later'])
    await pair.second.notices.markFannedOut('first', 12)
    await pair.first.notices.markFannedOut('first', 12)
    await pair.first.notices.markFannedOut('nothing', 1)
    expect(await pending(NOON + 2)).toEqual(['second', 'later'])
  })

  test('fanned out to nobody is fanned out', async () => {
    await using pair = await open()
    await pair.first.notices.put(notice(), 1)
    await pair.first.notices.markFannedOut(notice().id, 0)
    await pair.first.notices.put(notice(), 1)
    expect(await pair.first.notices.pendingFanOut(NOON, 10)).toEqual([])
  })

  test('the newest are listed first', async () => {
    await using pair = await open()
    for (const at of [1, 3, 2]) await pair.first.notices.put(notice({ id: `n${at}`, createdAt: NOON + at }), 1)
    const latest = async (limit: number) => (await pair.second.notices.latest(limit)).map(({ id }) => id)
    expect(await latest(10)).toEqual(['n3', 'n2', 'n1'])
    expect(await latest(2)).toEqual(['n3', 'n2'])
  })
}
