import { describe, expect, test } from 'vitest'
import { flight, minute, notice } from '../../testing/passenger/flights.ts'
import { type LiveBench, liveBench } from '../../testing/passenger/live-bench.ts'
import { POLL_PAUSE } from './connection.ts'

const [HELLO, TURN, ANSWER, HEARTBEAT, RETRY] = [5000, 18_000, 10_000, 25_000, 60_000]
/** Pauses after a loss of a live socket and after one and two openings that failed, at even chance. */
const [LOST, FAILED_ONCE, FAILED_TWICE] = [500, 1000, 2000]
const id = flight().id
const settled = () => new Promise(setImmediate)
const modes = ({ statuses }: LiveBench) => statuses.map(({ mode }) => mode)

/** A bench whose socket has greeted. */
function greeted(...watched: readonly string[]): LiveBench {
  const bench = liveBench()
  bench.live.watch(watched)
  bench.socket().hello()
  return bench
}

/** A bench whose socket gets no turn, so that it polls. */
function waiting(): LiveBench {
  const bench = liveBench()
  bench.live.watch([id])
  bench.timer.fire(HELLO)
  bench.timer.fire(0)
  return bench
}

/** A bench whose socket is barred while polls are answered. */
async function barred(): Promise<LiveBench> {
  const bench = waiting()
  bench.polls[0]?.resolve({ flights: [], notices: [] })
  await settled()
  bench.timer.fire(TURN)
  return bench
}

describe('a live socket', () => {
  test('is live from the greeting on, and follows with the revisions that are shown', () => {
    const bench = liveBench()
    bench.shown.set(id, 7)
    bench.live.watch([id, 'other'])
    expect(bench.socket().sent).toEqual([])

    bench.socket().hello()

    expect(modes(bench)).toEqual(['live'])
    expect(bench.socket().sent).toEqual([{ op: 'follow', flights: { [id]: 7, other: 0 } }])
  })

  test('follows what comes into view and leaves what goes out of it', () => {
    const bench = greeted('a', 'b')
    bench.live.watch(['b', 'c'])
    bench.live.watch(['b', 'c'])

    expect(bench.socket().sent.slice(1)).toEqual([
      { op: 'unfollow', flights: ['a'] },
      { op: 'follow', flights: { c: 0 } },
    ])
  })

  test('hands on snapshots, changes and notices', () => {
    const bench = greeted(id)
    const [old, fresh] = [
      { flightId: id, notice: notice() },
      { flightId: id, notice: notice({ id: 'n2' }) },
    ]
    bench.socket().snapshot([flight({ revision: 4 })], [old])
    const change = { fields: {}, at: minute(0) }
    bench.socket().receive({ op: 'departure', departure: flight({ revision: 5 }), change, position: 'e:2', at: 0 })
    bench.socket().receive({ op: 'notice', ...fresh })

    expect(bench.shown.get(id)).toBe(5)
    expect(bench.notices).toMatchObject([
      [[id], [old]],
      [[id], [fresh]],
    ])
  })

  test('ignores what it does not understand, and what comes before the greeting', () => {
    const bench = liveBench()
    bench.live.watch([id])
    bench.socket().snapshot([flight({ revision: 4 })])
    bench.socket().hello()
    bench.socket().handlers.message('not JSON')
    bench.socket().handlers.message('{"op":"later"}')

    expect(bench.shown.size).toBe(0)
    expect(modes(bench)).toEqual(['live'])
  })

  test('after a silence it asks for what it shows, which an answer that brings nothing settles', () => {
    const bench = greeted(id)
    bench.socket().snapshot([flight({ revision: 4 })])
    bench.timer.fire(HEARTBEAT)
    expect(bench.socket().sent.at(-1)).toEqual({ op: 'follow', flights: { [id]: 4 } })

    bench.socket().snapshot([])

    expect(bench.timer.waiting(ANSWER)).toBe(0)
    expect(bench.timer.waiting(HEARTBEAT)).toBe(1)
  })

  test('an answer that stays out ends the socket and says that the page is not live', () => {
    const bench = greeted(id)
    bench.clock.now += 1000
    bench.timer.fire(HEARTBEAT)
    bench.timer.fire(ANSWER)

    expect(bench.socket().isClosed()).toBe(true)
    expect(bench.statuses.at(-1)).toEqual({ mode: 'offline', contactAt: bench.clock.now - 1000 })
  })

  test('with nothing to follow it says so once and then stays quiet', () => {
    const bench = greeted()
    bench.timer.fire(HEARTBEAT)

    expect(bench.socket().sent).toEqual([{ op: 'unfollow', flights: [] }])
    expect(bench.timer.waiting(HEARTBEAT)).toBe(1)
  })
})

describe('notices of a snapshot', () => {
  const entry = { flightId: 'a', notice: notice() }

  test('are all that is valid for the flights that were asked for', () => {
    const bench = greeted('a', 'b')
    bench.socket().snapshot([], [entry])

    expect(bench.notices).toEqual([[['a', 'b'], [entry]]])
  })

  test('clear nothing while several answers are awaited, since those may overtake each other', () => {
    const bench = greeted('a')
    bench.live.watch(['a', 'b'])
    bench.socket().snapshot([], [entry])
    bench.socket().snapshot([], [])

    expect(bench.notices).toEqual([
      [['a'], [entry]],
      [['b'], []],
    ])
  })
})

describe('a socket that is lost', () => {
  test('is opened again after a pause and resumes with what the page has by then', () => {
    const bench = greeted(id)
    bench.socket().snapshot([flight({ revision: 4 })])
    bench.socket().handlers.closed()
    expect(modes(bench)).toEqual(['live', 'offline'])

    bench.timer.fire(LOST)
    expect(bench.sockets).toHaveLength(2)
    bench.socket().hello()

    expect(bench.socket().sent).toEqual([{ op: 'follow', flights: { [id]: 4 } }])
    expect(modes(bench)).toEqual(['live', 'offline', 'live'])
    expect(bench.polls).toEqual([])
  })

  test.each([1001, 1013])(
    'is opened again later when the server closed it with %i: everybody comes back then',
    (code) => {
      const bench = greeted(id)
      bench.socket().handlers.closed(code)

      expect(bench.timer.waiting(LOST)).toBe(0)
      expect(bench.timer.waiting(4000)).toBe(1)
    },
  )

  test('says nothing more, whatever it still delivers', () => {
    const bench = greeted(id)
    const [first] = bench.sockets
    first?.handlers.closed()
    first?.handlers.closed()
    first?.snapshot([flight({ revision: 9 })])

    expect(bench.shown.size).toBe(0)
    expect(bench.timer.waiting(LOST)).toBe(1)
  })

  test('is opened at once when the page comes back', () => {
    const bench = greeted(id)
    bench.socket().handlers.closed()
    bench.live.wake()
    bench.live.wake()

    expect(bench.sockets).toHaveLength(2)
    expect(bench.timer.waiting(LOST)).toBe(0)
  })

  test('one that closes while it is being opened does no harm', () => {
    const bench = liveBench()
    bench.socket().handlers.closed()

    expect(bench.timer.waiting(FAILED_ONCE)).toBe(1)
    expect(modes(bench)).toEqual([])
  })

  test('a page that comes back live asks whether it still is', () => {
    const bench = greeted(id)
    bench.live.wake()

    expect(bench.socket().sent).toHaveLength(2)
    expect(bench.timer.waiting(ANSWER)).toBe(1)
  })
})

describe('a socket that waits for its turn', () => {
  test('is kept while the page polls, which says so with the first answer', async () => {
    const bench = waiting()
    expect(bench.socket().isClosed()).toBe(false)
    bench.polls[0]?.resolve({ flights: [flight({ revision: 4 }), flight({ id: 'elsewhere' })], notices: [] })
    await settled()

    expect([...bench.shown]).toEqual([[id, 4]])
    expect(bench.notices).toEqual([[[id], []]])
    expect(modes(bench)).toEqual(['polling'])
  })

  test('ends the polling when it greets', async () => {
    const bench = waiting()
    bench.polls[0]?.resolve({ flights: [], notices: [] })
    await settled()
    bench.socket().hello()
    bench.timer.fire(POLL_PAUSE)

    expect(bench.sockets).toHaveLength(1)
    expect(modes(bench)).toEqual(['polling', 'live'])
    expect(bench.polls).toHaveLength(1)
  })

  test('is given up when its turn does not come', () => {
    const bench = waiting()
    bench.timer.fire(TURN)

    expect(bench.socket().isClosed()).toBe(true)
  })
})

describe('a socket that is barred', () => {
  test('two openings that fail are enough to poll', () => {
    const bench = liveBench()
    bench.socket().handlers.closed()
    bench.timer.fire(0)
    expect(bench.polls).toHaveLength(0)

    bench.timer.fire(FAILED_ONCE)
    bench.socket().handlers.closed()
    bench.timer.fire(0)

    expect(bench.polls).toHaveLength(1)
  })

  test('is tried again every minute while polls are answered, and ends the polling when it greets', async () => {
    const bench = await barred()
    bench.timer.fire(RETRY)
    bench.socket().hello()
    bench.timer.fire(POLL_PAUSE)

    expect(bench.sockets).toHaveLength(2)
    expect(modes(bench)).toEqual(['polling', 'live'])
    expect(bench.polls).toHaveLength(1)
  })

  test('is tried again soon while the server does not answer at all: it may be back any moment', async () => {
    const bench = liveBench()
    bench.live.watch([id])
    bench.socket().handlers.closed()
    bench.timer.fire(FAILED_ONCE)
    bench.socket().handlers.closed()
    bench.timer.fire(0)
    bench.polls[0]?.reject(new Error('refused'))
    await settled()

    expect(bench.timer.waiting(RETRY)).toBe(0)
    expect(bench.timer.waiting(FAILED_TWICE)).toBe(1)
  })

  test('need not wait for its minute once the server stops answering polls, too', async () => {
    const bench = await barred()
    expect(bench.timer.waiting(RETRY)).toBe(1)
    bench.timer.fire(POLL_PAUSE)
    bench.polls[1]?.reject(new Error('refused'))
    await settled()

    expect(bench.timer.waiting(RETRY)).toBe(0)
    expect(bench.timer.waiting(4000)).toBe(1)
  })

  test('an answer that comes after the greeting is taken in, but does not undo it', async () => {
    const bench = waiting()
    bench.socket().hello()
    bench.polls[0]?.resolve({ flights: [flight({ revision: 4 })], notices: [] })
    await settled()

    expect(bench.shown.get(id)).toBe(4)
    expect(modes(bench)).toEqual(['live'])
  })

  test('a poll that fails says that the page is not live, since its last contact', async () => {
    const bench = await barred()
    const contactAt = bench.clock.now
    bench.clock.now += POLL_PAUSE
    bench.timer.fire(POLL_PAUSE)
    bench.polls[1]?.reject(new Error('offline'))
    await settled()

    expect(bench.statuses.at(-1)).toEqual({ mode: 'offline', contactAt })
    expect(bench.timer.waiting(POLL_PAUSE)).toBe(1)
  })

  test('a page without any contact yet has no time to name', async () => {
    const bench = waiting()
    bench.polls[0]?.reject(new Error('offline'))
    await settled()

    expect(bench.statuses).toEqual([{ mode: 'offline' }])
  })

  test('a page that comes back polls at once and tries the socket', async () => {
    const bench = await barred()
    bench.live.wake()
    bench.timer.fire(0)

    expect(bench.sockets).toHaveLength(2)
    expect(bench.polls).toHaveLength(2)
  })
})

describe('the position of the socket', () => {
  test('is where polling continues from', () => {
    const bench = greeted(id)
    bench.socket().snapshot([], [], 'e:17')

    expect(bench.positions).toEqual(['e:17'])
  })

  test('does not count while a follow is unanswered: it says nothing about those flights', () => {
    const bench = greeted('a')
    bench.live.watch(['a', 'b'])
    bench.socket().snapshot([], [], 'e:17')
    expect(bench.positions).toEqual([])

    bench.socket().snapshot([], [], 'e:18')

    expect(bench.positions).toEqual(['e:18'])
  })
})

test('a closed connection opens and asks nothing more', () => {
  const bench = greeted(id)
  bench.live.close()
  bench.socket().handlers.closed()
  bench.timer.fire(LOST)
  bench.live.wake()

  expect(bench.socket().isClosed()).toBe(true)
  expect(bench.sockets).toHaveLength(1)
  expect(bench.polls).toEqual([])
})
