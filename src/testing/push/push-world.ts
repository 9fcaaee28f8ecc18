import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Registry } from 'prom-client'
import { type PushLimits, type PushSettings, socketOptions } from '../../../backend/push/parts.ts'
import { type Push, startPush } from '../../../backend/push/start-push.ts'
import type { WriteAll } from '../../../backend/push/write-all.ts'
import { createMetrics } from '../../node/metrics/create-metrics.ts'
import { type Board, openBoard } from '../../shared/desk/board.ts'
import { type Amendment, amend, type FactsPatch } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { encodeDepartureChanged } from '../../shared/events/departure-changed.ts'
import type { EventLog } from '../../shared/ports/event-log.ts'
import { feedStamp } from '../fixtures/amendment.ts'
import { type ManualClock, manualClock } from '../fixtures/clocks.ts'
import { departure } from '../fixtures/departure.ts'
import { recordingLog } from '../fixtures/logs.ts'
import { type MemoryDepartures, memoryDepartures } from '../twins/memory-departures.ts'
import { type MemoryLog, memoryLog } from '../twins/memory-log.ts'
import { memoryBroadcasts } from '../twins/memory-outbox-stores.ts'
import { type ConnectOptions, connectPush, type PushClient } from './push-client.ts'

/** What a push world starts with. */
export interface PushWorldOptions {
  readonly seed?: readonly Departure[]
  readonly partitions?: number
  readonly limits?: Partial<PushLimits>
  readonly settings?: Partial<PushSettings>
  /** Of another world, to put a second gateway beside the first. */
  readonly shared?: Pick<PushWorld, 'store' | 'log'> & Partial<Pick<PushWorld, 'clock'>>
  /** What this gateway reads instead of the log in memory; the test writes it. */
  readonly reads?: EventLog
  /** Milliseconds by which each batch of the log reaches this gateway late. */
  readonly lag?: () => number
  /** How much of the log it reads again at its start. */
  readonly past?: number
  /** What this gateway asks instead of its board, to note what it was told. */
  readonly asks?: (board: Board) => Board
  /** How it writes to many sockets; by default as a backend does. */
  readonly writeAll?: WriteAll
  /** Is given each socket before its handshake is answered. */
  readonly onSocket?: (socket: Duplex) => void
}

/** A gateway on a real port, over a log and a store in memory. */
export interface PushWorld extends AsyncDisposable {
  readonly store: MemoryDepartures
  readonly broadcasts: ReturnType<typeof memoryBroadcasts>
  readonly log: MemoryLog
  readonly clock: ManualClock
  readonly logger: ReturnType<typeof recordingLog>
  readonly metrics: Registry
  readonly board: Board
  readonly push: Push
  readonly server: Server
  readonly port: number
  readonly url: string
  /** Opens a client that is closed with the world. */
  connect(options?: ConnectOptions): Promise<PushClient>
  /** Opens a client and waits for the answer to its first frame. */
  follow(frame: object, options?: ConnectOptions): Promise<PushClient>
  /** Accepts an edit of the present state and publishes it. */
  edit(id: string, patch: FactsPatch): Promise<Amendment>
  /** Publishes an amendment. */
  publish(made: Amendment): Promise<void>
}

/** Starts a world with one departure, unless others are given. */
export async function startPushWorld(options: PushWorldOptions = {}): Promise<PushWorld> {
  const { store, log } = options.shared ?? createShared(options)
  const stores = { broadcasts: memoryBroadcasts() }
  const clock = options.shared?.clock ?? manualClock()
  const [logger, metrics] = [recordingLog(), createMetrics({ ofProcess: false })]
  const board = await openBoard({
    departures: store,
    log: options.reads ?? late(log, options.lag),
    clock,
    logger,
    past: options.past ?? 0,
  })
  const settings = { publicUrl: 'https://flights.example.com', trustProxy: false, ...options.settings }
  const limits = options.limits ?? {}
  const writing = options.writeAll && { writeAll: options.writeAll }
  const push = await startPush({
    ...{ ...writing, board: options.asks?.(board) ?? board, log: options.reads ?? log, stores },
    ...{ clock, logger, settings, metrics, limits },
  })
  const { server, port } = await listen(push, options.onSocket)
  const clients: PushClient[] = []
  const url = `ws://127.0.0.1:${port}/ws`
  const connect = async (given: ConnectOptions = {}) => {
    const client = await connectPush(url, given)
    clients.push(client)
    return client
  }
  const publish = (made: Amendment) => accept({ store, log }, made)
  return {
    ...{ store, broadcasts: stores.broadcasts, log, clock, logger, board, push, server, port, url },
    metrics: metrics.registry,
    ...{ connect, publish },
    async follow(frame, given) {
      const client = await connect(given)
      client.send(frame)
      await client.waitFor('snapshot')
      return client
    },
    async edit(id, patch) {
      const made = await amendPresent(store, id, patch)
      await publish(made)
      return made
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.socket.terminate()
      await push.close()
      await board.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function createShared(options: PushWorldOptions): Pick<PushWorld, 'store' | 'log'> {
  const store = memoryDepartures()
  store.seed(...(options.seed ?? [departure()]))
  return { store, log: memoryLog(options.partitions) }
}

/** The same log, read late. */
function late(log: MemoryLog, lag: (() => number) | undefined): EventLog {
  if (!lag) return log
  return {
    ...log,
    tail: (topic, from, reader) =>
      log.tail(topic, from, {
        ...reader,
        async handle(records) {
          await new Promise((resolve) => setTimeout(resolve, lag()))
          await reader.handle(records)
        },
      }),
  }
}

async function listen(push: Push, onSocket: PushWorldOptions['onSocket']): Promise<{ server: Server; port: number }> {
  const server = createServer(socketOptions, (_request, response) => response.writeHead(404).end())
  server.on('upgrade', (request, socket, head) => {
    onSocket?.(socket)
    void push.handleUpgrade(request, socket, head)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Reason for the cast: the address of a server that listens on a port is never a pipe's name.
  return { server, port: (server.address() as AddressInfo).port }
}

async function amendPresent(store: MemoryDepartures, id: string, patch: FactsPatch): Promise<Amendment> {
  const present = await store.get(id)
  const made = present && amend(present, patch, feedStamp())
  if (!made) throw new Error(`the patch changes nothing of ${id}`)
  return made
}

async function accept({ store, log }: Pick<PushWorld, 'store' | 'log'>, made: Amendment): Promise<void> {
  await store.commit(made)
  await log.append('flight_updates', [encodeDepartureChanged({ departure: made.next, change: made.change })])
  await store.markPublished([made.change])
}
