import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, expect, type Page } from 'playwright/test'
import {
  type LaunchedDesktop,
  type LaunchOptions,
  launchDesktop,
  startAgain,
} from '../../src/testing/electron/launch-desktop.ts'
import { freePorts } from '../../src/testing/services/free-port.ts'
import { createTemporaryFolder } from '../../src/testing/services/temporary-folder.ts'

/** One installation of the desktop: its data folder stays over restarts. */
export interface Installation {
  readonly userData: string
  /** Where its bundled backend listens. */
  readonly port: number
  /** Starts it. Several at a time are the business of its single-instance lock. */
  launch(options?: Omit<LaunchOptions, 'userData'>): Promise<LaunchedDesktop>
  /** Starts it while it runs, as the system does for a link. */
  launchSecond(args: readonly string[]): Promise<number | null>
}

/** A test with desktops, each installation with a folder and a port of its own. An error in a page's script fails the test. */
export const test = base.extend<{ readonly install: () => Promise<Installation> }>({
  install: async ({ browserName: _browser }, use) => {
    const problems: string[] = []
    const folders: string[] = []
    await using running = new AsyncDisposableStack()
    await use(async () => {
      const folder = await createTemporaryFolder('desktop')
      running.defer(() => folder.remove())
      const [port = 0] = await freePorts(1)
      const userData = join(folder.path, 'user-data')
      folders.push(userData)
      return {
        userData,
        port,
        launchSecond: (args) => startAgain({ userData, args }),
        async launch({ env = {}, args = [] } = {}) {
          const desktop = await launchDesktop({ userData, args, env: { PORT: String(port), ...env } })
          running.defer(() => desktop.kill())
          desktop.app.on('window', (page) => watch(page, problems))
          for (const page of desktop.app.windows()) watch(page, problems)
          return desktop
        },
      }
    })
    const info = test.info()
    if (info.status !== info.expectedStatus) await Promise.all(folders.map((folder) => attachLogs(folder)))
    expect(problems, 'errors in the pages').toEqual([])
  },
})

/** What main and the backend have to say about a test that failed. */
async function attachLogs(userData: string): Promise<void> {
  for (const name of ['desktop.log', 'backend.log']) {
    const body = await readFile(join(userData, 'logs', name)).catch(() => undefined)
    if (body) await test.info().attach(name, { body, contentType: 'text/plain' })
  }
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(String(error)))
}
