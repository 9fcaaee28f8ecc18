import { readSettings } from '../src/node/config/read-settings.ts'
import { createLog } from '../src/node/log/create-log.ts'
import { isFlightlineError } from '../src/shared/lib/errors.ts'
import { describeStart } from './start/print-welcome.ts'
import { startBackend } from './start/start-backend.ts'

/** Draining takes at most this long; then the process ends whatever is left. Milliseconds. */
const DRAIN = 20_000
const EXIT_BAD_SETTINGS = 2

async function main(): Promise<void> {
  const settings = readSettings(process.env, process.cwd())
  const logger = createLog(settings.logLevel)
  const backend = await startBackend(settings, logger)
  const stop = async () => {
    const deadline = setTimeout(() => process.exit(1), DRAIN)
    await backend.close()
    clearTimeout(deadline)
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop())
  process.once('SIGINT', () => void stop())
  process.stdout.write(describeStart(backend, performance.now() / 1000))
}

/** A cause that a person can act on is told in one line; only a defect shows its stack. */
function fail(error: unknown): never {
  const isOurs = isFlightlineError(error)
  const text = isOurs ? `${error.code}: ${error.message}` : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`Flightline did not start. ${text}\n`)
  process.exit(isFlightlineError(error, 'FL_SETTINGS_INVALID') ? EXIT_BAD_SETTINGS : 1)
}

main().catch(fail)
