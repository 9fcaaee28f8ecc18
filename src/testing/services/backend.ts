import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPackageRoot } from '../../node/config/package-root.ts'
import { startChild } from './child-process.ts'
import { freePorts } from './free-port.ts'
import { createRestartable, type Restartable } from './restartable.ts'
import { ServiceUnavailable } from './service-unavailable.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

/** The password of every sign-in of a backend under test. */
export const TEST_PASSWORD = 'only for tests'

export interface BackendOptions {
  /** Settings over ours, e.g. `{ FLIGHTLINE_SPEED: 'max' }`. */
  readonly env?: Readonly<Record<string, string>>
  /** What is run in place of the built bundle. */
  readonly entry?: string
}

export interface BackendService extends Restartable {
  readonly url: string
  readonly port: number
  readonly dataFolder: string
  readonly logFile: string
  /** The environment it runs with. */
  readonly settings: Readonly<Record<string, string>>
}

/** The built backend as its own process, embedded unless `env` names servers, on a free port and its own data. */
export async function startBackendProcess({ env = {}, entry }: BackendOptions = {}): Promise<BackendService> {
  const root = findPackageRoot()
  const bundle = entry ?? join(root, 'out', 'backend', 'index.js')
  if (!existsSync(bundle)) throw new ServiceUnavailable('the backend is not built', 'run "npm run build"')
  const folder = await createTemporaryFolder('backend')
  const [port = 0] = await freePorts(1)
  const dataFolder = join(folder.path, 'data')
  const logFile = join(folder.path, 'backend.log')
  const settings = {
    HOST: '127.0.0.1',
    PORT: String(port),
    FLIGHTLINE_DATA: dataFolder,
    FLIGHTLINE_ADMIN_PASSWORD: TEST_PASSWORD,
    LOG_LEVEL: 'warn',
    ...env,
  }
  const url = `http://127.0.0.1:${port}`
  const service = await createRestartable(folder, () =>
    startChild({
      label: 'the backend',
      command: process.execPath,
      args: [bundle],
      env: settings,
      logFile,
      isReady: async () => (await fetch(`${url}/health`)).ok,
    }),
  )
  return { ...service, url, port, dataFolder, logFile, settings }
}
