import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'
import { type LaunchedDesktop, launchDesktop } from '../../src/testing/electron/launch-desktop.ts'
import { TEST_PASSWORD } from '../../src/testing/services/backend.ts'
import { freePorts } from '../../src/testing/services/free-port.ts'
import { startKafka } from '../../src/testing/services/kafka.ts'
import { startMongo } from '../../src/testing/services/mongo.ts'
import { createTemporaryFolder } from '../../src/testing/services/temporary-folder.ts'
import { importDepartures } from '../path/departures.ts'

/** One installation of the desktop on the station's servers. */
export interface BenchDesktop {
  readonly userData: string
  start(): Promise<LaunchedDesktop>
}

/** Kafka, MongoDB, and two desktops that reach them; the second runs the station's backend as well. */
export interface BenchStation extends AsyncDisposable {
  readonly label: string
  /** Where the backend of the second desktop answers. */
  readonly url: string
  readonly plain: BenchDesktop
  readonly serving: BenchDesktop
}

const LATE = 90_000

/** Starts the servers and prepares both desktops, none of which runs yet. */
export async function openStation(): Promise<BenchStation> {
  await using stack = new AsyncDisposableStack()
  const kafka = stack.use(await startKafka())
  const mongo = stack.use(await startMongo())
  const folder = await createTemporaryFolder('desks')
  stack.defer(() => folder.remove())
  const [port = 0] = await freePorts(1)
  const servers = { MONGODB_URL: mongo.url, KAFKA_BROKERS: kafka.brokers.join(',') }
  const backend = { FLIGHTLINE_BACKEND: 'true', FLIGHTLINE_ADMIN_PASSWORD: TEST_PASSWORD, PORT: String(port) }
  const running: LaunchedDesktop[] = []
  stack.defer(async () => {
    await Promise.all(running.map((launched) => launched.kill()))
  })
  const desktop = (name: string, env: Readonly<Record<string, string>>): BenchDesktop => {
    const userData = join(folder.path, name)
    return {
      userData,
      async start() {
        const launched = await launchDesktop({ userData, env })
        running.push(launched)
        return launched
      },
    }
  }
  const plain = desktop('plain', servers)
  const serving = desktop('serving', { ...servers, ...backend })
  const all = stack.move()
  return {
    ...{ label: `${kafka.label} + ${mongo.label}`, url: `http://127.0.0.1:${port}`, plain, serving },
    [Symbol.asyncDispose]: () => all[Symbol.asyncDispose](),
  }
}

/** Waits until the backend answers at all, and gives the station a thousand departures. */
export async function fill({ url }: Pick<BenchStation, 'url'>): Promise<void> {
  await until(() => answers(url), 'the backend does not answer')
  await importDepartures(url)
}

/** Whether the backend answers at all. */
export async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    () => true,
    () => false,
  )
}

/** Looks every 5 ms. */
export async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  const end = Date.now() + LATE
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(otherwise)
    await sleep(5)
  }
}

/** Signs in at a desktop's first window, with the probe in its page. */
export async function signIn({ app }: LaunchedDesktop): Promise<Page> {
  const page = await app.firstWindow()
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.waitFor({ timeout: LATE })
  await name.fill('admin')
  await page.locator('input[name=password]').fill(TEST_PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('.ag-row[row-index="0"]').first().waitFor({ timeout: LATE })
  await page.evaluate(await readFile(join(import.meta.dirname, 'probe.js'), 'utf8'))
  return page
}
