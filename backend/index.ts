import cluster from 'node:cluster'
import { readSettings } from '../src/node/config/read-settings.ts'
import type { Settings } from '../src/node/config/settings.ts'
import { createLog } from '../src/node/log/create-log.ts'
import { trustSystemAuthorities } from '../src/node/web/trust-system.ts'
import { describeFailure } from '../src/shared/lib/describe-failure.ts'
import { isFlightlineError } from '../src/shared/lib/errors.ts'
import type { Log } from '../src/shared/ports/log.ts'
import { checkProcesses } from './start/cores/check-processes.ts'
import { firstProcess } from './start/cores/own-channel.ts'
import { startFirst } from './start/cores/start-first.ts'
import { type Gateway, startGateway } from './start/cores/start-gateway.ts'
import { exitAfterReport, findParent, type Parent } from './start/parent-port.ts'
import { describeStart } from './start/print-welcome.ts'
import { type Backend, startBackend } from './start/start-backend.ts'
import { watchParent } from './start/watch-parent.ts'

/** Draining takes at most this long; then the process ends whatever is left. Milliseconds. */
const DRAIN = 20_000
const EXIT_BAD_SETTINGS = 2

/** Where there are several processes: one that the first has forked to serve sockets. */
const isGateway = cluster.isWorker

async function main(): Promise<void> {
  let running: Gateway | undefined
  let isStopping = false
  const stop = async () => {
    if (isStopping) return
    isStopping = true
    const deadline = setTimeout(() => process.exit(1), DRAIN)
    // While it is still starting nothing is under way that stopping could harm: every write survives a kill.
    await running?.close()
    clearTimeout(deadline)
    process.exit(0)
  }
  const parent = isGateway ? findParent(() => void stop(), firstProcess) : findParent(() => void stop())
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
  // The first process is gone, and with it the port.
  if (isGateway) process.once('disconnect', () => void stop())
  else if (process.env.npm_lifecycle_event === 'start') watchParent(() => void stop())
  const settings = readSettings(process.env, process.cwd())
  const logger = createLog(settings.logLevel)
  trustSystemAuthorities(logger)
  running = isGateway ? await startGateway(settings, logger) : await startHere(settings, logger, parent)
  const { url, localUrl, departures } = running
  parent.report({ type: 'started', url, localUrl, departures })
}

/** In one process, or as the first of several. */
async function startHere(settings: Settings, logger: Log, parent: Parent): Promise<Backend> {
  const isAlone = settings.pushWorkers === 1
  checkProcesses(settings, parent)
  const backend = isAlone ? await startBackend(settings, logger) : await startFirst(settings, logger)
  process.stdout.write(describeStart(backend, performance.now() / 1000))
  return backend
}

function fail(error: unknown): void {
  const message = describeFailure(error)
  const code = isFlightlineError(error) ? error.code : 'FL_INTERNAL'
  // What keeps a gateway from starting is told by the first process, once for all of them.
  if (!isGateway) process.stderr.write(`Flightline did not start. ${message}\n`)
  const parent = isGateway ? findParent(() => undefined, firstProcess) : findParent(() => undefined)
  parent.report({ type: 'failed', code, message })
  exitAfterReport(code === 'FL_SETTINGS_INVALID' ? EXIT_BAD_SETTINGS : 1)
}

main().catch(fail)
