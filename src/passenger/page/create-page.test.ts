import { describe, expect, test } from 'vitest'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { flight, minute, notice } from '../../testing/passenger/flights.ts'
import { type PageBench, pageBench, Refusal } from '../../testing/passenger/page-bench.ts'

const { id } = flight()
const [TICK, RETRY, HELLO, DEBOUNCE] = [5000, 10_000, 5000, 180]
const onPage = { address: `?flight=${id}` }
const served = { [`GET /api/flights/${id}`]: flight(), [`GET /api/flights/${id}/history`]: [] }

function hello({ receive }: PageBench, now = minute(0), rate = 1): void {
  receive({ op: 'hello', epoch: 'e', heartbeat: 25, clock: { now, rate } })
}

function change({ receive }: PageBench, departure: PublicDeparture): void {
  receive({ op: 'departure', departure, change: { fields: {}, at: minute(0) }, position: 'e:1', at: 0 })
}

const revisionShown = ({ page }: PageBench) => page.board.flights.get().get(id)?.revision

describe('a link to a flight', () => {
  test('shows it with its history, and follows it from the revision it has', async () => {
    const bench = await pageBench(served, onPage)
    hello(bench)

    expect(revisionShown(bench)).toBe(1)
    expect(bench.page.history.state.get()?.entries).toEqual([])
    expect(bench.sent).toEqual([{ op: 'follow', flights: { [id]: 1 } }])
  })

  test('to an unknown one says so and asks no further', async () => {
    const bench = await pageBench({ [`GET /api/flights/${id}`]: new Refusal(404, 'FL_DEPARTURE_UNKNOWN') }, onPage)

    expect(bench.page.board.absences.get().get(id)).toBe('missing')
    expect(bench.timer.waiting(RETRY)).toBe(0)
  })

  test('that cannot be loaded is tried again after a while, and at once when the page wakes', async () => {
    const bench = await pageBench({}, onPage)
    bench.timer.fire(RETRY)
    await bench.settle()
    bench.page.wake()
    await bench.settle()

    expect(bench.asked.filter((name) => name === `GET /api/flights/${id}`)).toHaveLength(3)
    Object.assign(bench.answers, served)
    bench.timer.fire(RETRY)
    await bench.settle()
    expect(revisionShown(bench)).toBe(1)
  })

  test('that nobody looks at any more is not tried again', async () => {
    const bench = await pageBench({}, onPage)
    bench.page.open()
    bench.timer.fire(RETRY)
    await bench.settle()

    expect(bench.asked.filter((name) => name === `GET /api/flights/${id}`)).toHaveLength(1)
  })
})

describe('a change of the flight on the page', () => {
  test('is shown, announced, and brings its history', async () => {
    const bench = await pageBench(served, onPage)
    hello(bench)
    change(bench, flight({ revision: 2, gate: 'C7' }))
    await bench.settle()

    expect(revisionShown(bench)).toBe(2)
    expect(bench.page.announcement.get()).toEqual({ text: 'B6 739: new gate C7.', isUrgent: true })
    expect(bench.asked.filter((name) => name.endsWith('/history'))).toHaveLength(2)
  })

  test('that is older than what is shown is neither', async () => {
    const bench = await pageBench({ ...served, [`GET /api/flights/${id}`]: flight({ revision: 5 }) }, onPage)
    hello(bench)
    change(bench, flight({ revision: 4, gate: 'C7' }))

    expect(revisionShown(bench)).toBe(5)
    expect(bench.page.announcement.get()).toBeUndefined()
  })

  test('a notice is announced with the flight it is about; a critical one at once', async () => {
    const bench = await pageBench(served, onPage)
    hello(bench)
    bench.receive({ op: 'notice', flightId: id, notice: notice({ severity: 'critical' }) })

    expect(bench.page.board.notices.get().get(id)).toHaveLength(1)
    expect(bench.page.announcement.get()).toEqual({
      text: 'Notice for B6 739: Free water at gate B12',
      isUrgent: true,
    })
  })

  test('a notice for a flight that has not come yet is announced by its id', async () => {
    const bench = await pageBench({}, onPage)
    hello(bench)
    bench.receive({ op: 'notice', flightId: id, notice: notice() })

    expect(bench.page.announcement.get()).toMatchObject({ text: expect.stringContaining(id), isUrgent: false })
  })
})

describe('followed flights', () => {
  test('are loaded and live from the start', async () => {
    const bench = await pageBench(served, { followed: [id] })
    hello(bench)

    expect(bench.page.followed.get()).toEqual([id])
    expect(bench.sent).toEqual([{ op: 'follow', flights: { [id]: 1 } }])
    change(bench, flight({ revision: 2, status: 'BOARDING' }))
    expect(bench.page.announcement.get()?.text).toBe('B6 739: Boarding.')
  })

  test('are kept in the browser, and dropped again', async () => {
    const bench = await pageBench(served, onPage)
    bench.page.toggleFollowed(id)
    expect(bench.stored.get('flightline.followed')).toBe(JSON.stringify([id]))

    bench.page.toggleFollowed(id)

    expect(bench.page.followed.get()).toEqual([])
    expect(bench.stored.get('flightline.followed')).toBe('[]')
  })

  test('stay known when another flight is opened; what is neither followed nor seen is forgotten', async () => {
    const bench = await pageBench(served, onPage)
    bench.page.toggleFollowed(id)
    bench.page.open()
    expect(revisionShown(bench)).toBe(1)

    bench.page.toggleFollowed(id)

    expect(revisionShown(bench)).toBeUndefined()
  })
})

describe('the ways through the page', () => {
  test('opening puts an address into the history and empties the search', async () => {
    const bench = await pageBench(served)
    bench.page.search.type('b6 7')
    bench.page.open(id)
    await bench.settle()

    expect(bench.visited).toEqual([`/?flight=${id}`])
    expect(bench.page.link.get()).toEqual({ view: 'flight', id })
    expect(bench.page.search.state.get().text).toBe('')
    expect(revisionShown(bench)).toBe(1)
  })

  test('the browser’s own buttons lead back without another entry', async () => {
    const bench = await pageBench(served)
    bench.page.navigated(`?flight=${id}`)
    bench.page.navigated('')
    await bench.settle()

    expect(bench.page.link.get()).toEqual({ view: 'start' })
    expect(bench.visited).toEqual([])
  })

  test('another flight has an empty form', async () => {
    const bench = await pageBench({ ...served, 'POST /api/notifications': {} }, onPage)
    await bench.page.email.send({ flightId: id, email: 'a@example.com', language: 'en' })
    expect(bench.page.email.state.get().phase).toBe('sent')

    bench.page.open('other')

    expect(bench.page.email.state.get().phase).toBe('idle')
  })

  test('results are followed while they are shown', async () => {
    const bench = await pageBench({ 'GET /api/flights': { flights: [flight()] } })
    hello(bench)
    bench.sent.length = 0
    bench.page.search.type('san juan')
    bench.timer.fire(DEBOUNCE)
    await bench.settle()
    bench.page.search.type('')

    expect(bench.page.search.state.get().phase).toBe('idle')
    expect(bench.asked.at(-1)).toContain('from=')
  })

  test('without a number at hand there are flights that board now', async () => {
    const bench = await pageBench({ 'GET /api/flights?status=BOARDING&limit=6': { flights: [flight()] } })
    hello(bench)

    expect(bench.page.boarding.get()).toEqual([id])
    expect(bench.sent).toEqual([{ op: 'follow', flights: { [id]: 1 } }])
  })

  test.each([
    ['confirm', 'POST /api/notifications/confirm'],
    ['unsubscribe', 'POST /api/notifications/unsubscribe?token=secret-token-0001'],
  ])('a link to %s asks for nothing until its button is pressed', async (view, name) => {
    const bench = await pageBench({ [name]: { flightId: id } }, { address: `?${view}=secret-token-0001` })
    expect(bench.asked.filter((one) => one.startsWith('POST'))).toEqual([])

    await bench.page.linkAction?.press()

    expect(bench.asked.filter((one) => one.startsWith('POST'))).toEqual([name])
    expect(bench.page.linkAction?.state.get()).toEqual({ phase: 'done', flightId: id })
  })
})

describe('the clocks', () => {
  test('the greeting sets the operational one, and our own moves on', async () => {
    const bench = await pageBench()
    hello(bench, minute(-300), 60)
    bench.clock.now += 5000
    bench.timer.fire(TICK)

    expect(bench.page.clock.get()).toMatchObject({ operational: Date.parse(minute(-300)), rate: 60 })
    expect(bench.page.now.get()).toBe(bench.clock.now)
  })

  test('a page that polls asks for the clock once', async () => {
    const bench = await pageBench({
      'GET /api/check_updates': { flights: [], cursor: 'e:1' },
      'GET /update': { notices: [] },
      'GET /health': { clock: { operational: Date.parse(minute(7)), rate: 1 } },
    })
    bench.timer.fire(HELLO)
    bench.timer.fire(0)
    await bench.settle()
    bench.timer.fire(20_000)
    await bench.settle()

    expect(bench.page.connection.get().mode).toBe('polling')
    expect(bench.page.clock.get()?.operational).toBe(Date.parse(minute(7)))
    expect(bench.asked.filter((name) => name === 'GET /health')).toHaveLength(1)
  })

  test('a clock that cannot be read leaves our own', async () => {
    const bench = await pageBench({
      'GET /api/check_updates': { flights: [], cursor: 'e:1' },
      'GET /update': { notices: [] },
    })
    bench.timer.fire(HELLO)
    bench.timer.fire(0)
    await bench.settle()

    expect(bench.page.clock.get()).toBeUndefined()
  })
})

test('places are asked for once, and their absence does no harm', async () => {
  expect((await pageBench()).page.places.get()).toEqual({})
  const { page } = await pageBench({ 'GET /api/places': { JFK: { name: 'John F Kennedy Intl' } } })
  expect(page.places.get()).toEqual({ JFK: { name: 'John F Kennedy Intl' } })
})
