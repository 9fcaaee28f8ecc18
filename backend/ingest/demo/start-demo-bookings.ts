import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { Log } from '../../../src/shared/ports/log.ts'
import type { Sealer } from '../../../src/shared/ports/secrets.ts'
import type { Stores } from '../../../src/shared/ports/stores.ts'
import type { Part, PartHealth } from '../../part.ts'
import type { DayPlan, PlannedDeparture } from '../replay/day-plan.ts'
import { fillOrder } from './fill-order.ts'
import { openFillProgress } from './fill-progress.ts'
import { makeBooking, type TakenSeat, takenSeats } from './make-bookings.ts'

/** What making bookings needs. */
export interface DemoBookingParts {
  readonly stores: Pick<Stores, 'bookings' | 'settings'>
  readonly sealer: Sealer
  readonly logger: Log
}

/** Fills replayed days with made-up passengers, in the background. */
export interface DemoBookings extends Part {
  /**
   * Queues a day; one that is filled already costs one look.
   * @param now - operational clock: flights still to come get their passengers first
   */
  fill(plan: DayPlan, now: Instant): void
  /** Resolves when everything queued so far is in the store, or was given up at the close. */
  filled(): Promise<void>
}

interface State {
  readonly parts: DemoBookingParts
  readonly stop: AbortController
  queue: Promise<void>
  done: number
  total: number
  failing: boolean
}

// Sealing takes about 40 µs a passenger, so this many hold up the others for less than 3 ms.
const SLICE = 48
/** Milliseconds for everybody else after each slice. */
const PAUSE = 3
/** Departures between two notes of progress; they are made again after a crash. */
const NOTE_EVERY = 20
const RETRY = 1_000

/** Starts the maker of demo bookings; it does nothing until it is given a day. */
export function startDemoBookings(parts: DemoBookingParts): DemoBookings {
  const state: State = {
    parts,
    stop: new AbortController(),
    queue: Promise.resolve(),
    done: 0,
    total: 0,
    failing: false,
  }
  return {
    name: 'demo-bookings',
    fill(plan, now) {
      state.queue = state.queue.then(() => fillWhateverHappens(state, plan, now))
    },
    filled: () => state.queue,
    health: () => healthOf(state),
    async close() {
      state.stop.abort()
      await state.queue
    },
  }
}

function healthOf({ failing, done, total }: State): PartHealth {
  return { status: failing ? 'degraded' : 'ok', departures: total, filled: done }
}

async function fillWhateverHappens(state: State, plan: DayPlan, now: Instant): Promise<void> {
  const { parts, stop } = state
  while (!stop.signal.aborted) {
    try {
      await fillDay(state, plan, now)
      state.failing = false
      return
    } catch (error) {
      if (stop.signal.aborted) return
      state.failing = true
      parts.logger.error({ date: plan.date, error: String(error) }, 'demo bookings could not be made; trying again')
      await sleep(RETRY, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }
}

async function fillDay(state: State, plan: DayPlan, now: Instant): Promise<void> {
  const { parts, stop } = state
  const progress = openFillProgress(parts.stores.settings, plan)
  const { departures: done, from } = (await progress.read()) ?? { departures: 0, from: now }
  state.total = plan.departures.length
  state.done = done
  if (state.done === state.total) return
  const before = performance.now()
  for (const departure of fillOrder(plan.departures, from).slice(done)) {
    await fillDeparture(state, departure)
    if (stop.signal.aborted) return
    state.done += 1
    const isNoted = state.done % NOTE_EVERY === 0 || state.done === state.total
    if (isNoted) await progress.write({ departures: state.done, from })
  }
  const milliseconds = Math.round(performance.now() - before)
  parts.logger.info({ date: plan.date, departures: state.total, milliseconds }, 'demo bookings made')
}

async function fillDeparture({ parts, stop }: State, departure: PlannedDeparture): Promise<void> {
  const seats = takenSeats(departure)
  for (let from = 0; from < seats.length && !stop.signal.aborted; from += SLICE) {
    await putSlice(parts, seats.slice(from, from + SLICE))
    await sleep(PAUSE)
  }
}

async function putSlice({ stores, sealer }: DemoBookingParts, seats: readonly TakenSeat[]): Promise<void> {
  const bookings = seats.map((seat) => makeBooking(seat, sealer))
  await stores.bookings.putAll(bookings)
}
