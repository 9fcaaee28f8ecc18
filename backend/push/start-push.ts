import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Server, WebSocketServer } from 'ws'
import { refuseUpgrade } from '../../src/node/web/refuse-upgrade.ts'
import { MAX_CLIENT_FRAME } from '../../src/shared/api/push-frames.ts'
import type { Part, PartHealth } from '../part.ts'
import { type Admission, createAdmission, hasLeft } from './admission.ts'
import { createBacklog } from './backlog.ts'
import { createCatchUp } from './catch-up.ts'
import { closeClient } from './client.ts'
import { openConnection } from './connection.ts'
import { createDelivery } from './delivery.ts'
import { createFanOut, deliverNotices } from './fan-out.ts'
import { createFollowers } from './followers.ts'
import type { Gateway } from './gateway.ts'
import { sweepClients } from './heartbeat.ts'
import type { Link, LinkTotals } from './link.ts'
import { watchLoad } from './load.ts'
import { type NoticeBoard, openNoticeBoard } from './notice-board.ts'
import { type PushParts, pushLimits } from './parts.ts'
import { createPushMetrics, watchPushState } from './push-metrics.ts'
import { PushSocket } from './push-socket.ts'
import { createRota } from './rota.ts'
import { createSilence } from './silence.ts'
import { createSnapshots } from './snapshots.ts'
import { COMPRESSION_WINDOW } from './websocket-frame.ts'
import { loadNative, writeEach } from './write-all.ts'

/** The push gateway: the present of every followed flight, over WebSocket. */
export interface Push extends Part {
  /** Answers the upgrade of a request for `/ws`, whatever its outcome. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>
}

/** How often the board is asked to move its window along, in milliseconds. */
const BOARD_REFRESH = 60_000

/** Starts the gateway; it listens nowhere, the HTTP server hands its upgrades over. */
export async function startPush(parts: PushParts): Promise<Push> {
  const { gateway, notices } = await createGateway(parts)
  const fanOut = createFanOut(gateway)
  const unsubscribe = parts.board.subscribe(fanOut)
  const stopTimers = startTimers(gateway, notices)
  const server = createServer(parts.settings.compression)
  const load = watchLoad(gateway.limits, parts.settings.workers)
  const admission = createAdmission({ settings: parts.settings, limits: gateway.limits, load })
  watchPushState(parts.metrics, {
    followingAll: gateway.followers.all.size,
    flights: gateway.followers.flights,
    behind: () => waitsOf(gateway).length,
    handshakes: admission.waiting,
    lateness: load.lateness,
  })
  return {
    name: 'push',
    health: () => readHealth(gateway, admission),
    async handleUpgrade(request, socket, head) {
      const ignore = () => socket.destroy()
      socket.on('error', ignore)
      const refusal = (await admission.findRefusal(request)) ?? admission.findEnd()
      // Whoever left the queue needs no answer and is no refusal.
      if (hasLeft(socket)) return void socket.destroy()
      if (refusal) {
        gateway.metrics.refused.inc({ code: refusal.code })
        return refuseUpgrade(socket, refusal)
      }
      server.handleUpgrade(request, socket, head, (opened) => openConnection(gateway, opened, socket))
      socket.off('error', ignore)
    },
    async close() {
      admission.close()
      load.close()
      stopTimers()
      unsubscribe()
      await notices.close()
      await closeAll(gateway)
      gateway.catchUp.close()
      server.close()
    },
  }
}

async function createGateway(parts: PushParts): Promise<{ gateway: Gateway; notices: NoticeBoard }> {
  const limits = { ...pushLimits, ...parts.limits }
  const totals: LinkTotals = { sent: 0, conflated: 0, queuedBytes: 0 }
  const clients: Gateway['clients'] = new Set()
  const followers = createFollowers()
  const backlog = createBacklog<Link>()
  const metrics = createPushMetrics(parts.metrics, { totals, backlog, clients })
  const delivery = createDelivery(parts.writeAll ?? loadNative() ?? writeEach, totals)
  const notices = await openNoticeBoard(parts, (entries) => deliverNotices({ followers, delivery, backlog }, entries))
  const snapshots = createSnapshots(parts.board, notices)
  const silence = createSilence(limits.firstFrame)
  const catchUp = createCatchUp(parts.board, limits.catchUp)
  const gateway: Gateway = {
    ...{ parts, limits, metrics, totals, followers, delivery, backlog, snapshots, clients, silence, catchUp },
    rota: createRota(limits),
  }
  return { gateway, notices }
}

/** Everything a hostile client could make large is bounded here; see `reference/notifications.md` D. */
function createServer(compression: PushParts['settings']['compression']): Server<typeof PushSocket> {
  return new WebSocketServer({
    WebSocket: PushSocket,
    noServer: true,
    clientTracking: false,
    // Each message for itself, so that one that is compressed once can be sent to all.
    perMessageDeflate:
      compression === 'snapshots'
        ? { serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: COMPRESSION_WINDOW }
        : false,
    maxPayload: MAX_CLIENT_FRAME,
    maxFragments: 16,
    maxBufferedChunks: 1024,
    autoPong: false,
  })
}

function startTimers(gateway: Gateway, notices: NoticeBoard): () => void {
  const { parts, limits } = gateway
  const sweep = setInterval(() => {
    sweepClients(gateway)
    void notices.refresh()
  }, limits.sweep)
  const refresh = setInterval(() => {
    parts.board.refresh().catch((err: unknown) => parts.logger.warn({ err }, 'the board could not be refreshed'))
  }, BOARD_REFRESH)
  return () => {
    clearInterval(sweep)
    clearInterval(refresh)
  }
}

/** `lag` is how many sockets are behind, `age` for how many milliseconds the worst of them has taken nothing. */
function readHealth(gateway: Gateway, admission: Admission): PartHealth {
  const { clients, followers, totals, backlog } = gateway
  const waits = waitsOf(gateway)
  return {
    status: 'ok',
    lag: waits.length,
    age: Math.round(Math.max(0, ...waits)),
    sockets: clients.size,
    followingAll: followers.all.size(),
    flights: followers.flights(),
    queuedBytes: totals.queuedBytes + backlog.bytes(),
    handshakes: admission.waiting(),
  }
}

/** For how many milliseconds each socket that is behind has taken nothing. */
function waitsOf({ backlog }: Gateway): readonly number[] {
  const now = performance.now()
  return [...backlog.readers].map(({ progressAt }) => now - progressAt)
}

/** Says goodbye to everybody and waits until the answers are there, or nobody waits for them any more. */
async function closeAll({ clients, limits }: Gateway): Promise<void> {
  const gone = [...clients].map(({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve())))
  for (const client of clients) closeClient(client, 'shutdown')
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, limits.closing)
  await Promise.race([Promise.all(gone), late])
  clearTimeout(timer)
  for (const { socket } of clients) socket.terminate()
  await Promise.all(gone)
}
