import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import { statuses } from '../../shared/domain/status.ts'
import { flight, minute, notice } from '../../testing/passenger/flights.ts'
import { type Answers, type PageBench, type PageSetup, pageBench, Refusal } from '../../testing/passenger/page-bench.ts'
import { speak } from '../../testing/passenger/words.ts'
import { App } from './app.tsx'
import { PageContext } from './page-context.tsx'

const { id } = flight()
const onPage = { address: `?flight=${id}` }
const places = { 'GET /api/places': { JFK: { name: 'John F Kennedy Intl' } } }
const serving = (departure: PublicDeparture, history: unknown = []): Answers => ({
  ...places,
  [`GET /api/flights/${id}`]: departure,
  [`GET /api/flights/${id}/history`]: history,
})

function render({ page }: PageBench): string {
  return renderToStaticMarkup(
    <PageContext value={page}>
      <App />
    </PageContext>,
  )
}

/** What can be read on the page, without tags. */
const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
/** The part of the page in the element with this id. */
const partOf = (html: string, part: string) => html.split(`id="${part}"`)[1] ?? ''

async function shown(answers: Answers, setup: PageSetup = onPage): Promise<string> {
  return render(await pageBench(answers, setup))
}

describe('the frame', () => {
  test('has landmarks, a way around the header, and both live regions from the start', async () => {
    const html = await shown({}, {})

    for (const element of ['<header', '<main id="content"', '<footer', 'href="#content"'])
      expect(html).toContain(element)
    expect(html).toMatch(/aria-live="polite"><\/p>.*aria-live="assertive"><\/p>/)
  })

  test('says what connects it', async () => {
    const bench = await pageBench()
    expect(textOf(render(bench))).toContain('Connecting')

    bench.receive({ op: 'hello', epoch: 'e', heartbeat: 25, clock: { now: minute(0), rate: 1 } })
    expect(partOf(render(bench), 'connection')).toMatch(/^ data-mode="live".*Live/)

    bench.page.connection.set({ mode: 'polling', contactAt: bench.clock.now })
    expect(textOf(render(bench))).toContain('Updating every 20 s')

    bench.page.connection.set({ mode: 'offline' })
    expect(textOf(render(bench))).toContain('No connection')
  })

  test('says since when it is not live, and how old it is then', async () => {
    const bench = await pageBench()
    bench.page.connection.set({ mode: 'offline', contactAt: bench.clock.now })
    bench.page.now.set(bench.clock.now + 3 * 60_000)
    const text = textOf(render(bench))

    expect(text).toMatch(/Not live since \d\d:\d\d/)
    expect(text).toContain('3 min old')
  })

  test('marks a replayed day with its time, and a common one not at all', async () => {
    const bench = await pageBench(serving(flight()), onPage)
    bench.receive({ op: 'hello', epoch: 'e', heartbeat: 25, clock: { now: minute(125), rate: 1 } })
    expect(textOf(render(bench))).toContain('Replayed day, 09:05 in New York')

    bench.receive({ op: 'hello', epoch: 'e', heartbeat: 25, clock: { now: minute(0), rate: 1 } })
    expect(render(bench)).not.toContain('id="replay"')
  })

  test('announces what is urgent where it interrupts, and the rest where it waits', async () => {
    const bench = await pageBench()
    bench.page.announcement.set({ text: 'new gate', isUrgent: true })
    expect(render(bench)).toMatch(/aria-live="polite"><\/p>.*aria-live="assertive">new gate</)

    bench.page.announcement.set({ text: 'boarding', isUrgent: false })
    expect(render(bench)).toMatch(/aria-live="polite">boarding<.*aria-live="assertive"><\/p>/)
  })
})

describe('the start', () => {
  test('asks for a flight with a field that is a combobox of the list below it', async () => {
    const html = await shown({}, {})

    expect(html).toMatch(/<input[^>]*role="combobox"[^>]*aria-controls="results"/)
    expect(html).toMatch(/id="results"[^>]*role="listbox"/)
    expect(textOf(html)).toContain('Friday 20 November')
  })

  test('lists what is followed, each a link', async () => {
    const html = await shown(serving(flight()), { followed: [id] })

    expect(partOf(html, 'followed')).toContain(`href="/?flight=${id}"`)
    expect(textOf(html)).toMatch(/B6 739 John F Kennedy → , SJU 09:00 Gate B12 On time/)
    expect(textOf(html)).not.toContain('Follow a flight and it stays here')
  })

  test('lists what boards now for who has no number at hand', async () => {
    const boarding = { 'GET /api/flights?status=BOARDING&limit=6': { flights: [flight({ status: 'BOARDING' })] } }

    expect(textOf(await shown(boarding, {}))).toMatch(/Boarding now B6 739/)
  })

  test.each([
    [[flight()], '1 flight found'],
    [[flight(), flight({ id: 'x' })], '2 flights found'],
    [[], 'No flight matches “jfk”'],
    [new Refusal(500, 'FL_INTERNAL'), 'The search did not work'],
  ])('says what was found', async (answer, words) => {
    const bench = await pageBench({ 'GET /api/flights': Array.isArray(answer) ? { flights: answer } : answer })
    bench.page.search.type('jfk')
    expect(textOf(render(bench))).toContain('Searching')

    bench.timer.fire(180)
    await bench.settle()

    expect(textOf(render(bench))).toContain(words)
  })

  test('tells the keyboard’s place to a screen reader', async () => {
    const bench = await pageBench({ 'GET /api/flights': { flights: [flight(), flight({ id: 'x' })] } })
    bench.page.search.type('jfk')
    bench.timer.fire(180)
    await bench.settle()
    bench.page.search.move(1)
    const html = render(bench)

    expect(html).toContain('aria-activedescendant="result-0"')
    expect(html).toMatch(/id="result-0"[^>]*aria-selected="true"/)
    expect(html).toMatch(/id="result-1"[^>]*aria-selected="false"/)
  })
})

describe('a flight', () => {
  test.each(statuses)('that is %s says so in words and with a picture', async (status) => {
    const html = await shown(serving(flight({ status })))

    expect(partOf(html, 'status')).toMatch(new RegExp(`^ class="banner" data-status="${status}"><svg.*#${status}"`))
    expect(textOf(partOf(html, 'status'))).toContain(speak().say(`status.${status}`))
  })

  test('shows old and new time, each on the clock of its airport with the zone', async () => {
    const late = flight({ status: 'DELAYED', scheduledAt: minute(120), estimatedAt: minute(165), delayMinutes: 45 })
    const html = await shown(serving(late))

    expect(html).toContain(
      `<s class="clock-old"><span class="unseen">Before: </span><time dateTime="${minute(120)}">09:00`,
    )
    expect(html).toContain(`<time class="clock-now" dateTime="${minute(165)}">09:45</time>`)
    expect(textOf(partOf(html, 'departure'))).toContain('EST Expected')
    expect(textOf(partOf(html, 'arrival'))).toContain('AST Expected')
  })

  test('without a zone of the destination says whose clock its arrival is on', async () => {
    const { destinationZone: _, ...zoneless } = flight()

    expect(textOf(partOf(await shown(serving(zoneless)), 'arrival'))).toContain('time in New York')
  })

  test('marks a time of the next day', async () => {
    const html = await shown(serving(flight({ scheduledArrivalAt: minute(24 * 60) })))

    expect(textOf(partOf(html, 'arrival'))).toContain('next day')
  })

  test('shows gate and terminal, with the gate before', async () => {
    const history = [{ id: 'x:2', revision: 2, at: minute(0), fields: { gate: { from: 'B3', to: 'B12' } } }]
    const html = await shown(serving(flight(), history))

    expect(textOf(partOf(html, 'gate'))).toMatch(/Gate B12 changed from B3/)
    expect(textOf(partOf(html, 'terminal'))).toContain('Terminal 5')
    expect(textOf(partOf(html, 'history'))).toContain('Gate B12 instead of B3')
  })

  test('without a gate says that it is not known yet, and after departure none', async () => {
    const { gate: _, terminal: __, ...bare } = flight()

    expect(textOf(await shown(serving(bare)))).toContain('Gate not known yet')
    expect(await shown(serving(flight({ status: 'AIRBORNE', offBlockAt: minute(121) })))).not.toContain('id="gate"')
  })

  test('says why, what to do, and when more will be known', async () => {
    const open = flight({ status: 'DELAYED', reason: 'WEATHER', nextInformationAt: minute(150) })
    const text = textOf(await shown(serving(open)))

    expect(text).toContain('The weather does not allow the flight to leave on time.')
    expect(text).toContain('Look here again at 09:30')
    expect(text).toContain('Next information at 09:30 EST')
  })

  test('that is cancelled has no gate and says what to do next', async () => {
    const cancelled = flight({ status: 'CANCELLED', cancelled: { at: minute(0) } })
    const html = await shown(serving(cancelled))

    expect(html).not.toContain('id="gate"')
    expect(textOf(html)).toContain('Please do not go to the gate.')
    expect(textOf(html)).toContain('Does not fly')
  })

  test('carries its marks: demonstration, other numbers, revision', async () => {
    const html = await shown(serving(flight({ demo: true, codeshares: ['LH6800'], revision: 4 })))

    expect(textOf(html)).toContain('Demonstration')
    expect(textOf(html)).toContain('Also sold as LH6800')
    expect(html).toContain('data-revision="4"')
    expect(textOf(html)).toContain('e-mails reach only its own mailbox')
  })

  test('shows notices before everything else', async () => {
    const bench = await pageBench(serving(flight()), onPage)
    bench.page.board.addNotice({ flightId: id, notice: notice({ severity: 'critical', text: 'Use <gate> C' }) })
    const html = render(bench)

    expect(html.indexOf('id="notices"')).toBeLessThan(html.indexOf('id="status"'))
    expect(html).toContain('Use &lt;gate&gt; C')
    expect(textOf(html)).toContain('Important')
  })

  test('offers to follow it, and to stop', async () => {
    const bench = await pageBench(serving(flight()), onPage)
    expect(textOf(partOf(render(bench), 'follow'))).toContain('Follow this flight')

    bench.page.toggleFollowed(id)

    expect(textOf(partOf(render(bench), 'follow'))).toMatch(/Stop following.*You follow this flight/)
  })

  test.each([
    [{}, 'could not be loaded'],
    [{ [`GET /api/flights/${id}`]: new Refusal(404, 'FL_DEPARTURE_UNKNOWN') }, 'There is no such flight'],
  ])('that is not there says why', async (answers, words) => {
    expect(textOf(partOf(await shown(answers), 'absent'))).toContain(words)
  })

  test('with a history that failed, or one without changes, says so', async () => {
    const { [`GET /api/flights/${id}/history`]: _, ...failing } = serving(flight())

    expect(textOf(await shown(failing))).toContain('The changes could not be loaded.')
    expect(textOf(await shown(serving(flight(), [])))).toContain('Nothing has changed')
  })
})

describe('e-mail', () => {
  const answers = (answer: unknown) => ({ ...serving(flight()), 'POST /api/notifications': answer })
  const request = { flightId: id, email: 'a@example.com', language: 'en' }

  test('after a request one is told where to look', async () => {
    const bench = await pageBench(answers({}), onPage)
    await bench.page.email.send(request)

    expect(textOf(render(bench))).toContain('Look into your mail: we have sent a link to a@example.com.')
  })

  test('a refusal stands at the field, as an alert', async () => {
    const bench = await pageBench(answers(new Refusal(400, 'FL_BAD_REQUEST')), onPage)
    await bench.page.email.send(request)
    const html = render(bench)

    expect(html).toMatch(/id="email-problem"[^>]*role="alert">This is not an e-mail address/)
    expect(html).toContain('aria-invalid="true"')
  })

  test.each(['confirm', 'unsubscribe'] as const)(
    'the link to %s shows a button, then what came of it',
    async (view) => {
      const path = `POST /api/notifications/${view}`
      const bench = await pageBench({ [path]: { flightId: id } }, { address: `?${view}=secret-token-0001` })
      expect(partOf(render(bench), view)).toContain('<button')

      await bench.page.linkAction?.press()

      expect(textOf(render(bench))).toContain(speak().say(`link.${view}.done`))
      expect(partOf(render(bench), view)).toContain(`href="/?flight=${id}"`)
    },
  )

  test('a link that is not valid any more says so and has no button', async () => {
    const refused = { 'POST /api/notifications/confirm': new Refusal(404, 'FL_SUBSCRIPTION_UNKNOWN') }
    const bench = await pageBench(refused, { address: '?confirm=secret-token-0001' })
    await bench.page.linkAction?.press()
    const part = partOf(render(bench), 'confirm')

    expect(textOf(part)).toContain('This link is not valid any more.')
    expect(part).not.toContain('<button')
  })
})

test.each(['de-DE', 'es-ES', 'fr-FR'])('in %s nothing on the page is left in English', async (locale) => {
  const text = speak(locale)
  const late = flight({ status: 'DELAYED', estimatedAt: minute(165), delayMinutes: 45, reason: 'WEATHER' })
  const html = textOf(await shown(serving(late), { ...onPage, text }))

  expect(html).toContain(text.say('reason.WEATHER'))
  expect(html).not.toMatch(/\b(Gate|Delayed|Expected|Planned|Follow|What|Your|Times)\b/)
})

test('a component outside of a page is a defect, and says so', () => {
  expect(() => renderToStaticMarkup(<App />)).toThrow('outside of a page')
})
