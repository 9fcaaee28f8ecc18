import { readSettings } from '../src/node/config/read-settings.ts'
import { createLog } from '../src/node/log/create-log.ts'
import { trustSystemAuthorities } from '../src/node/web/trust-system.ts'
import { describeFailure } from '../src/shared/lib/describe-failure.ts'
import { isFlightlineError } from '../src/shared/lib/errors.ts'
import { exitAfterReport, findParent } from './start/parent-port.ts'
import { describeStart } from './start/print-welcome.ts'
import { type Backend, startBackend } from './start/start-backend.ts'
import { watchParent } from './start/watch-parent.ts'

/** Draining takes at most this long; then the process ends whatever is left. Milliseconds. */
const DRAIN = 20_000
const EXIT_BAD_SETTINGS = 2

async function main(): Promise<void> {
  let backend: Backend | undefined
  const stop = async () => {
    const deadline = setTimeout(() => process.exit(1), DRAIN)
    // While it is still starting nothing is under way that stopping could harm: every write survives a kill.
    await backend?.close()
    clearTimeout(deadline)
    process.exit(0)
  }
  const parent = findParent(() => void stop())
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
  if (process.env.npm_lifecycle_event === 'start') watchParent(() => void stop())
  const settings = readSettings(process.env, process.cwd())
  const logger = createLog(settings.logLevel)
  trustSystemAuthorities(logger)
  backend = await startBackend(settings, logger)
  const { url, localUrl, departures } = backend
  parent.report({ type: 'started', url, localUrl, departures })
  process.stdout.write(describeStart(backend, performance.now() / 1000))
}

function fail(error: unknown): void {
  const message = describeFailure(error)
  process.stderr.write(`Flightline did not start. ${message}\n`)
  const code = isFlightlineError(error) ? error.code : 'FL_INTERNAL'
  findParent(() => undefined).report({ type: 'failed', code, message })
  exitAfterReport(code === 'FL_SETTINGS_INVALID' ? EXIT_BAD_SETTINGS : 1)
}

main().catch(fail)
