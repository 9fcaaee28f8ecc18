import type { FlightsApi } from '../api/flights-api.ts'
import { type Announcement, announce, flightNumber } from '../lib/announcement.ts'
import { type KeyValueStorage, readFollowed, writeFollowed } from '../lib/followed.ts'
import type { FlightUpdate } from '../lib/merge-flights.ts'
import { type ClockReading, operationalTime, readClock } from '../lib/operational-clock.ts'
import { flightHref, type PageLink, readPageLink } from '../lib/page-link.ts'
import type { Places } from '../lib/place-name.ts'
import { createStore } from '../lib/store.ts'
import type { Text } from '../lib/text.ts'
import type { Connection } from '../live/connection.ts'
import { createLive, type Live } from '../live/live.ts'
import type { FlightNotice, LiveParts, LiveSink } from '../live/live-parts.ts'
import { createEmailForm } from './email-form.ts'
import { createFlightBoard } from './flight-board.ts'
import { createHistories } from './histories.ts'
import { createLinkAction } from './link-action.ts'
import type { Page } from './page.ts'
import { createSearch } from './search.ts'

/** What the page is made from; everything of the browser is handed in. */
export interface PageParts extends LiveParts {
  readonly api: FlightsApi
  readonly text: Text
  readonly storage: KeyValueStorage
  /** `location.search` at the start. */
  readonly address: string
  /** Puts an address into the browser's history. */
  navigate(href: string): void
}

const TICK = 5000
/** How long a flight that could not be loaded waits for the next try. */
const RETRY = 10_000
const MOST_BOARDING = 6

type Stores = ReturnType<typeof createStores>
type Context = Stores & { readonly parts: PageParts; live?: Live }

/** Assembles the page and connects it. */
export function createPage(parts: PageParts): Page {
  const context: Context = { ...createStores(parts), parts }
  const { board, link, followed, search, boarding } = context
  const live = createLive(parts, sinkOf(context))
  context.live = live
  for (const store of [link, followed, search.state, boarding]) store.subscribe(() => rewatch(context))
  parts.timer.every(TICK, () => context.now.set(parts.now()))
  void parts.api.places().then(context.places.set, () => undefined)
  rewatch(context)
  for (const id of followed.get()) void load(context, id)
  arrive(context)
  void listBoarding(context)
  return {
    ...context,
    text: parts.text,
    linkAction: linkActionOf(parts, link.get()),
    open: (id) => open(context, id),
    toggleFollowed: (id) => toggleFollowed(context, id),
    navigated(address) {
      link.set(readPageLink(address))
      arrive(context)
    },
    wake() {
      live.wake()
      for (const id of board.absences.get().keys()) void load(context, id)
    },
  }
}

function createStores(parts: PageParts) {
  const { api, timer } = parts
  const clock = createStore<ClockReading | undefined>(undefined)
  const board = createFlightBoard({
    fetchFlight: api.flight,
    updated: (updates) => updated(stores, updates, parts),
    noticed: (notice) => noticed(stores, notice, parts),
  })
  const now = () => operationalTime(clock.get(), parts.now())
  const stores = {
    ...{ clock, board },
    link: createStore<PageLink>(readPageLink(parts.address)),
    places: createStore<Places>({}),
    boarding: createStore<readonly string[]>([]),
    followed: createStore(readFollowed(parts.storage, parts.now())),
    search: createSearch({ find: api.search, timer, now, found: board.take }),
    history: createHistories({ history: api.history, timer }),
    email: createEmailForm(api.requestEmails),
    connection: createStore<Connection>({ mode: 'connecting' }),
    now: createStore(parts.now()),
    announcement: createStore<Announcement | undefined>(undefined),
  }
  return stores
}

function sinkOf(context: Context): LiveSink {
  const { board, clock, connection, parts } = context
  return {
    clock: (server) => clock.set(readClock(server, parts.now())),
    flights: board.take,
    notice: board.addNotice,
    notices: board.replaceNotices,
    revisionOf: (id) => board.flights.get().get(id)?.revision ?? 0,
    status(status) {
      connection.set(status)
      if (status.mode === 'polling' && !clock.get()) void readClockByPoll(context)
    },
  }
}

/** Without a greeting there is no clock; a page that polls asks for it. */
async function readClockByPoll({ clock, parts }: Context): Promise<void> {
  const server = await parts.api.clock().catch(() => undefined)
  if (server && !clock.get()) clock.set(readClock(server, parts.now()))
}

function updated(stores: Stores, updates: readonly FlightUpdate[], { text }: PageParts): void {
  const openId = openFlight(stores)
  for (const update of updates) {
    const { id, revision } = update.next
    if (id === openId && update.previous) void stores.history.load(id, revision)
    const isOfInterest = id === openId || stores.followed.get().includes(id)
    const announcement = isOfInterest ? announce(update, text, stores.places.get()) : undefined
    if (announcement) stores.announcement.set(announcement)
  }
}

function noticed({ announcement, board }: Stores, { flightId, notice }: FlightNotice, { text }: PageParts): void {
  const flight = board.flights.get().get(flightId)
  const name = flight ? flightNumber(flight) : flightId
  const isUrgent = notice.severity === 'critical'
  announcement.set({ text: text.say('say.notice', { flight: name, text: notice.text }), isUrgent })
}

function openFlight({ link }: Pick<Stores, 'link'>): string | undefined {
  const asked = link.get()
  return asked.view === 'flight' ? asked.id : undefined
}

/** Follows what can be seen, and forgets the rest. */
function rewatch({ board, boarding, followed, link, live, search }: Context): void {
  const openId = openFlight({ link })
  const shown = [...followed.get(), ...search.state.get().flightIds, ...boarding.get(), ...(openId ? [openId] : [])]
  const flightIds = new Set(shown)
  board.retain(flightIds)
  live?.watch(flightIds)
}

async function load(context: Context, id: string): Promise<void> {
  const { board, followed, parts } = context
  if (board.flights.get().has(id)) return
  await board.load(id)
  const isWanted = () => openFlight(context) === id || followed.get().includes(id)
  if (board.absences.get().get(id) !== 'failed') return
  parts.timer.after(RETRY, () => isWanted() && void load(context, id))
}

function arrive(context: Context): void {
  const id = openFlight(context)
  if (id === undefined) return
  context.email.reset()
  void load(context, id)
  void context.history.load(id, context.board.flights.get().get(id)?.revision)
}

function open(context: Context, id: string | undefined): void {
  const href = flightHref(id)
  context.parts.navigate(href)
  context.link.set(readPageLink(href.slice(1)))
  context.search.type('')
  arrive(context)
}

function toggleFollowed({ followed, parts }: Context, id: string): void {
  const others = followed.get().filter((other) => other !== id)
  const isAdded = others.length === followed.get().length
  followed.set(isAdded ? [...others, id] : others)
  writeFollowed(parts.storage, followed.get())
}

/** A few flights to start from, for who has no number at hand. */
async function listBoarding({ board, boarding, parts }: Context): Promise<void> {
  const flights = await parts.api.boarding(MOST_BOARDING).catch(() => [])
  boarding.set(flights.map(({ id }) => id))
  board.take(flights)
}

function linkActionOf({ api }: PageParts, link: PageLink) {
  if (link.view === 'confirm') return createLinkAction(() => api.confirm(link.token))
  if (link.view === 'unsubscribe') return createLinkAction(() => api.unsubscribe(link.token))
  return undefined
}
