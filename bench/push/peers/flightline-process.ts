import { createServer } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { socketOptions } from '../../../backend/push/parts.ts'
import { startPush } from '../../../backend/push/start-push.ts'
import { systemClock } from '../../../src/node/clock/system-clock.ts'
import { openEngine } from '../../../src/node/engine/open-engine.ts'
import { createKafkaLog } from '../../../src/node/kafka/kafka-log.ts'
import { createLog } from '../../../src/node/log/create-log.ts'
import { createMetrics } from '../../../src/node/metrics/create-metrics.ts'
import { openBoard } from '../../../src/shared/desk/board.ts'
import { watchIntake } from './intake.ts'

// The gateway as the backend puts it together, alone: board, push and metrics. Stores are in the embedded file; so is
// the log, unless brokers are named.
const [dataFolder = '', port = '', brokers = '', topicPrefix = ''] = process.argv.slice(2)
const logger = createLog('warn', process.stderr)
const { stores, log: embedded } = await openEngine({ connection: undefined, dataFolder }, logger)
const kafka = { brokers: brokers.split(','), ssl: false, sasl: undefined, topicPrefix, logger }
const log = brokers === '' ? embedded : createKafkaLog(kafka)
const board = await openBoard({ departures: stores.departures, log, clock: systemClock, logger, past: 2_000 })
const metrics = createMetrics()
const settings = { publicUrl: `http://127.0.0.1:${port}`, trustProxy: false }
const push = await startPush({ board, log, stores, clock: systemClock, logger, metrics, settings })
const intake = watchIntake(board)
const answers: Readonly<Record<string, () => unknown>> = { '/intake': intake, '/held': countHeld }
const server = createServer(socketOptions, async ({ url = '' }, response) => {
  const answer = answers[url]
  response.end(answer ? JSON.stringify(answer()) : await metrics.registry.metrics())
})
server.on('upgrade', (request, socket, head) => void push.handleUpgrade(request, socket, head))
const listen = () => server.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 })
server.once('listening', () => console.log('listening'))
// On a machine with many connections one of them may have been given this port while nobody listened there.
let attempts = 100
server.on('error', (error) => {
  attempts -= 1
  if (attempts === 0) throw error
  setTimeout(listen, 100)
})
listen()
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
process.once('SIGTERM', async () => {
  await push.close()
  process.exit(0)
})

/** Bytes on the heap and beside it, without garbage. */
function countHeld(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
