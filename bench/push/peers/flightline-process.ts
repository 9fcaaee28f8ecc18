import { createServer } from 'node:http'
import { startPush } from '../../../backend/push/start-push.ts'
import { systemClock } from '../../../src/node/clock/system-clock.ts'
import { openEngine } from '../../../src/node/engine/open-engine.ts'
import { createLog } from '../../../src/node/log/create-log.ts'
import { createMetrics } from '../../../src/node/metrics/create-metrics.ts'
import { openBoard } from '../../../src/shared/desk/board.ts'

// The gateway as the backend puts it together, alone: the log in the embedded file, board, push and metrics.
const [dataFolder = '', port = ''] = process.argv.slice(2)
const logger = createLog('warn', process.stderr)
const { stores, log } = await openEngine({ connection: undefined, dataFolder }, logger)
const board = await openBoard({ departures: stores.departures, log, clock: systemClock, logger })
const metrics = createMetrics()
const settings = { publicUrl: `http://127.0.0.1:${port}`, trustProxy: false }
const push = await startPush({ board, log, stores, clock: systemClock, logger, metrics, settings })
const server = createServer(async (_request, response) => {
  response.end(await metrics.registry.metrics())
})
server.on('upgrade', (request, socket, head) => void push.handleUpgrade(request, socket, head))
server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 }, () => console.log('listening'))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
process.once('SIGTERM', async () => {
  await push.close()
  process.exit(0)
})
