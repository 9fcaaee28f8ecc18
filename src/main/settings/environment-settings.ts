import { readSettings } from '../../node/config/read-settings.ts'
import type { Settings } from '../../node/config/settings.ts'
import type { DesktopSettings } from './desktop-settings.ts'

/** Variables of which any one says that the environment decides, not the person at this desk. */
const deciding = ['FLIGHTLINE_MODE', 'FLIGHTLINE_SERVER_URL', 'MONGODB_URL', 'KAFKA_BROKERS'] as const

/**
 * Settings that were given from outside: `FLIGHTLINE_SERVER_URL`, or `MONGODB_URL` with `KAFKA_BROKERS`, or
 * `FLIGHTLINE_MODE=embedded`, with the backend's own variables beside them. `FLIGHTLINE_BACKEND=true` makes a desk that
 * is connected directly its station's server.
 * @returns `undefined` when the environment says nothing
 * @throws FlightlineError `FL_SETTINGS_INVALID`
 */
export function readEnvironmentSettings(env: NodeJS.ProcessEnv, folder: string): DesktopSettings | undefined {
  if (!deciding.some((name) => env[name]?.trim())) return undefined
  const serverUrl = env.FLIGHTLINE_SERVER_URL?.trim()
  if (serverUrl) return { mode: 'served', serverUrl }
  const settings = readSettings({ FLIGHTLINE_DATA: folder, ...env }, folder)
  const isServer = settings.connection === undefined || env.FLIGHTLINE_BACKEND === 'true'
  const backend = { run: isServer, ...toBackend(settings) }
  if (settings.connection) return { mode: 'direct', connection: settings.connection, backend }
  return { mode: 'embedded', demo: settings.day !== undefined, backend }
}

function toBackend({ port, host, publicUrl, adminPassword, smtp }: Settings) {
  return { port, isOpen: !/^(127\.|localhost$|::1$)/.test(host), publicUrl, adminPassword, smtp }
}
