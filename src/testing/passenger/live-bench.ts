import type { Connection } from '../../passenger/live/connection.ts'
import { createLive, type Live } from '../../passenger/live/live.ts'
import type { FlightNotice, LiveSink, PollAnswer, SocketHandlers } from '../../passenger/live/live-parts.ts'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { ServerFrame } from '../../shared/api/push-frames.ts'
import { NOON } from '../fixtures/departure.ts'
import { type ManualTimer, manualTimer } from '../twins/manual-timer.ts'
import { minute } from './flights.ts'

/** A socket that a test plays the server of. */
interface FakeSocket {
  readonly sent: { op: string; flights?: unknown }[]
  readonly handlers: SocketHandlers
  readonly isClosed: () => boolean
  receive(frame: ServerFrame): void
  hello(): void
  snapshot(departures: readonly PublicDeparture[], notices?: readonly FlightNotice[], position?: string): void
}

/** A live connection with everything around it in a test's hands. */
export interface LiveBench {
  readonly live: Live
  readonly timer: ManualTimer
  readonly sockets: FakeSocket[]
  /** The socket opened last. */
  socket(): FakeSocket
  readonly shown: Map<string, number>
  readonly statuses: Connection[]
  readonly notices: (readonly [readonly string[], readonly FlightNotice[]])[]
  readonly positions: string[]
  readonly polls: PromiseWithResolvers<PollAnswer>[]
  readonly clock: { now: number }
}

/** Opens a live connection whose sockets, polls and timers a test controls. */
export function liveBench(): LiveBench {
  const timer = manualTimer()
  const [sockets, polls]: [FakeSocket[], PromiseWithResolvers<PollAnswer>[]] = [[], []]
  const observed: Observed = { shown: new Map(), statuses: [], notices: [], positions: [] }
  const clock = { now: NOON }
  const live = createLive(
    {
      timer,
      now: () => clock.now,
      random: () => 0.5,
      openSocket(handlers) {
        const socket = fakeSocket(handlers)
        sockets.push(socket)
        return socket.wire
      },
      poller: {
        continueFrom: (position) => observed.positions.push(position),
        poll() {
          const question = Promise.withResolvers<PollAnswer>()
          polls.push(question)
          return question.promise
        },
      },
    },
    observingSink(observed),
  )
  const socket = () => {
    const last = sockets.at(-1)
    if (!last) throw new Error('no socket was opened')
    return last
  }
  return { live, timer, sockets, socket, polls, clock, ...observed }
}

type Observed = Pick<LiveBench, 'shown' | 'statuses' | 'notices' | 'positions'>

function observingSink({ shown, statuses, notices }: Observed): LiveSink {
  return {
    clock: () => undefined,
    flights(flights) {
      for (const { id, revision } of flights) shown.set(id, Math.max(revision, shown.get(id) ?? 0))
    },
    notice: (entry) => notices.push([[entry.flightId], [entry]]),
    notices: (flightIds, valid) => notices.push([flightIds, valid]),
    revisionOf: (id) => shown.get(id) ?? 0,
    status: (connection) => statuses.push(connection),
  }
}

function fakeSocket(handlers: SocketHandlers) {
  const sent: FakeSocket['sent'] = []
  let isClosed = false
  const receive = (frame: ServerFrame) => handlers.message(JSON.stringify(frame))
  return {
    sent,
    handlers,
    receive,
    isClosed: () => isClosed,
    hello: () => receive({ op: 'hello', epoch: 'e', heartbeat: 25, clock: { now: minute(0), rate: 1 } }),
    snapshot: (departures: readonly PublicDeparture[], notices: readonly FlightNotice[] = [], position = 'e:1') =>
      receive({ op: 'snapshot', recovered: true, departures, notices, position }),
    wire: {
      send: (text: string) => void sent.push(JSON.parse(text)),
      close() {
        isClosed = true
      },
    },
  }
}
