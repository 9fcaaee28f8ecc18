import { describe, expect, test, vi } from 'vitest'
import { flight, minute, notice } from '../../testing/passenger/flights.ts'
import { RequestError } from '../api/request.ts'
import { createFlightBoard } from './flight-board.ts'

const id = flight().id

function board(fetchFlight = async () => flight()) {
  const told = { updated: vi.fn(), noticed: vi.fn() }
  return { ...told, board: createFlightBoard({ fetchFlight, ...told }) }
}

describe('the board', () => {
  test('tells an update once, and none of what it knew', () => {
    const { board: own, updated } = board()
    own.take([flight({ revision: 2 })])
    own.take([flight({ revision: 2 }), flight({ revision: 1 })])

    expect(updated).toHaveBeenCalledTimes(1)
    expect(own.flights.get().get(id)?.revision).toBe(2)
  })

  test('loads what it does not know', async () => {
    const { board: own } = board()
    await own.load(id)

    expect(own.flights.get().has(id)).toBe(true)
  })

  test('a late answer does not undo what came meanwhile', async () => {
    const { board: own } = board(async () => {
      own.take([flight({ revision: 8 })])
      return flight({ revision: 7 })
    })
    await own.load(id)

    expect(own.flights.get().get(id)?.revision).toBe(8)
  })

  test.each([
    ['FL_DEPARTURE_UNKNOWN', 'missing'],
    ['FL_DEPARTURE_ID', 'missing'],
    ['OFFLINE', 'failed'],
    ['FL_RATE_LIMITED', 'failed'],
  ])('a flight refused with %s is %s', async (code, absence) => {
    const { board: own } = board(() => Promise.reject(new RequestError(code)))
    await own.load(id)

    expect(own.absences.get()).toEqual(new Map([[id, absence]]))
  })

  test('a second try forgets the failure of the first', async () => {
    const failures = [new RequestError('OFFLINE')]
    const { board: own } = board(async () => {
      const failure = failures.pop()
      if (failure) throw failure
      return flight()
    })
    await own.load(id)
    await own.load(id)

    expect(own.absences.get().size).toBe(0)
  })

  test('forgets what nobody looks at, so that it is never shown as the present later', () => {
    const { board: own } = board()
    own.take([flight(), flight({ id: 'other' })])
    own.retain(new Set([id]))

    expect([...own.flights.get().keys()]).toEqual([id])
  })
})

describe('notices', () => {
  const [early, late] = [notice({ at: minute(1) }), notice({ id: 'n2', at: minute(9) })]

  test('stand newest first, each once', () => {
    const { board: own, noticed } = board()
    for (const one of [early, late, late]) own.addNotice({ flightId: id, notice: one })

    expect(own.notices.get().get(id)).toEqual([late, early])
    expect(noticed).toHaveBeenCalledTimes(3)
  })

  test('that are not named any more have ended, those of other flights stay', () => {
    const { board: own } = board()
    own.addNotice({ flightId: id, notice: early })
    own.addNotice({ flightId: 'other', notice: early })
    own.replaceNotices([id], [])

    expect([...own.notices.get()]).toEqual([
      [id, []],
      ['other', [early]],
    ])
  })

  test('that stood before the page was opened are shown and not announced; those that came while it was away are', () => {
    const { board: own, noticed } = board()
    own.replaceNotices([id], [{ flightId: id, notice: early }])
    expect(noticed).not.toHaveBeenCalled()

    own.replaceNotices(
      [id],
      [early, late].map((one) => ({ flightId: id, notice: one })),
    )

    expect(noticed).toHaveBeenCalledExactlyOnceWith({ flightId: id, notice: late })
  })
})
