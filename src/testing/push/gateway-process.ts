import { createServer } from 'node:http'
import { type PushLimits, socketOptions } from '../../../backend/push/parts.ts'
import { startPush } from '../../../backend/push/start-push.ts'
import { openDatabase } from '../../node/embedded/database.ts'
import { createEmbeddedLog } from '../../node/embedded/event-log.ts'
import { openEmbeddedStores } from '../../node/embedded/open-stores.ts'
import { createMetrics } from '../../node/metrics/create-metrics.ts'
import { openBoard } from '../../shared/desk/board.ts'
import { fixedClock } from '../fixtures/clocks.ts'
import { silentLog } from '../fixtures/logs.ts'
import { type AskedProcess, answerQuestions, startAskedProcess } from './asked-process.ts'

/** What a gateway in a process of its own is started with. */
export interface GatewayParts {
  /** The embedded file with its store and log; others write to it. */
  readonly file: string
  readonly port: number
  readonly limits: Partial<PushLimits>
}

/** How a gateway is. */
export interface GatewayFigures {
  readonly rss: number
  /** Sockets that are open, and those that are behind. */
  readonly sockets: number
  readonly lag: number
  readonly queuedBytes: number
  readonly metrics: string
}

/** A gateway as a backend puts it together, alone in its process. */
export interface GatewayProcess {
  look(): Promise<GatewayFigures>
  end: AskedProcess['end']
}

// As a backend that starts: what clients of its predecessor may have missed is read again.
const REMEMBERED = 2_000

/** Starts this very file as another process, which listens when this resolves. */
export async function startGatewayProcess(parts: GatewayParts): Promise<GatewayProcess> {
  const { ask, end } = await startAskedProcess(import.meta.filename, parts)
  return { look: () => ask('look'), end }
}

async function serve({ file, port, limits }: GatewayParts): Promise<void> {
  const [logger, clock, metrics] = [silentLog(), fixedClock(), createMetrics({ ofProcess: false })]
  const database = openDatabase({ file, logger })
  const [stores, log] = [openEmbeddedStores(database), createEmbeddedLog(database, logger)]
  const board = await openBoard({ departures: stores.departures, log, clock, logger, past: REMEMBERED })
  const settings = { publicUrl: 'https://flights.example.com', trustProxy: false }
  const push = await startPush({ board, log, stores, clock, logger, settings, metrics, limits })
  const server = createServer(socketOptions, (_request, response) => response.writeHead(404).end())
  server.on('upgrade', (request, socket, head) => void push.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => server.listen({ port, host: '127.0.0.1', backlog: 4_096 }, resolve))
  process.once('SIGTERM', async () => {
    await push.close()
    process.exit()
  })
  answerQuestions(async () => {
    const text = await metrics.registry.metrics()
    return { ...(await push.health()), rss: process.memoryUsage.rss(), metrics: text }
  })
}

if (process.argv[1] === import.meta.filename) await serve(JSON.parse(process.argv[2] ?? ''))
