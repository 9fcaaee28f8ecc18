import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from 'playwright/test'
import { TEST_PASSWORD } from '../../src/testing/services/backend.ts'
import { freePorts } from '../../src/testing/services/free-port.ts'
import type { Flight } from '../lib/api.ts'
import type { ConsolePage } from '../lib/console-page.ts'
import { answers, backendOf, backendProcess, openDesk, publicGate, signInAt } from './desk.ts'
import type { Installation } from './desktop-test.ts'
import { fillStation, type Servers, test } from './servers.ts'

// Kafka, MongoDB, a backend and two desktops share the machine with the browser that draws both.
test.describe.configure({ timeout: 300_000 })

const OUTAGE = 60_000
const BACK = { timeout: 60_000 }

test("a new desktop is connected, becomes its station's server, and goes over to other settings", async ({
  install,
  servers,
}) => {
  const installation = await install()
  const desktop = await installation.launch()
  const { page, ...desk } = await openDesk(desktop)
  await page.getByTestId('mode-direct').click()
  await page.getByTestId('setting-mongoUrl').fill('mongodb://desk:hidden@127.0.0.1:1/flightline')
  await page.getByTestId('setting-brokers').fill('127.0.0.1:1')
  await switchTo(page, 'ssl', false)
  await switchTo(page, 'hasSasl', false)
  await switchTo(page, 'run', true)
  await page.getByTestId('setting-password').fill(TEST_PASSWORD)
  await page.getByTestId('setting-passwordAgain').fill(TEST_PASSWORD)
  await page.getByTestId('setting-port').fill(String(installation.port))
  await page.getByTestId('settings-test').click()
  const outcome = page.getByTestId('settings-outcome')
  await expect(outcome).toContainText('MongoDB cannot be reached', BACK)
  await expect(outcome).toContainText('Kafka cannot be reached: nothing listens there')
  await expect(outcome).not.toContainText('hidden')

  await page.getByTestId('setting-mongoUrl').fill(servers.database())
  await page.getByTestId('setting-brokers').fill(servers.brokers)
  await page.getByTestId('settings-save').click()
  const before = backendOf(installation)
  await expect.poll(() => answers(before.url), BACK).toBe(true)
  await signInAt(desktop, 'admin')
  const takeFlight = await fillStation(before.url)
  const flight = takeFlight()
  await desk.find(flight)

  const [port = 0] = await freePorts(1)
  await page.getByTestId('open-settings').click()
  await page.getByTestId('setting-port').fill(String(port))
  await page.getByTestId('settings-save').click()
  await expect.poll(() => answers(`http://127.0.0.1:${port}`), BACK).toBe(true)
  await expect.poll(() => answers(before.url), BACK).toBe(false)
  await desk.setGate(flight, 'D77')
  await expect.poll(() => publicGate(`http://127.0.0.1:${port}`, flight), BACK).toBe('D77')
})

test('two desks see each other, and of two edits of one gate the second is asked', async ({ install, servers }) => {
  const { mine, theirs, takeFlight } = await openTwo(install, servers)
  const flight = takeFlight()
  await Promise.all([mine.find(flight), theirs.find(flight)])
  await theirs.setGate(flight, 'A21')
  await expect(mine.cell(flight, 'gate')).toContainText('A21')

  await mine.typeGate(flight, 'A33')
  await theirs.setGate(flight, 'A22')
  await expect(theirs.cell(flight, 'gate')).toContainText('A22')
  await mine.page.keyboard.press('Enter')
  const conflict = mine.page.getByTestId('conflict')
  await expect(conflict.getByTestId('conflict-table')).toContainText('A22')
  await expect(conflict.getByTestId('conflict-table')).toContainText('A33')
  await conflict.getByTestId('apply-mine').click()
  await expect(mine.cell(flight, 'gate')).toContainText('A33')
  await expect(theirs.cell(flight, 'gate')).toContainText('A33')
})

test('a broker that is away for a minute is told, and everything edited meanwhile reaches everybody', async ({
  install,
  servers,
}) => {
  const { mine, theirs, takeFlight, url, serving } = await openTwo(install, servers)
  const flights = [takeFlight(), takeFlight()] as const // of two, by name
  const backend = await backendProcess(serving)
  await servers.kafka.kill()
  const killedAt = Date.now()
  await expect(mine.page.getByTestId('alarm-log')).toContainText('Kafka has not answered', BACK)
  await edit(mine, flights[0], 'B41')
  await edit(theirs, flights[1], 'B42')
  await expect(mine.cell(flights[0], 'gate')).toContainText('B41')
  await expect(theirs.cell(flights[1], 'gate')).toContainText('B42')
  await mine.page.waitForTimeout(Math.max(0, killedAt + OUTAGE - Date.now()))
  await servers.kafka.restart()

  await expect(mine.page.getByTestId('alarm-log')).toBeHidden({ timeout: 90_000 })
  await mine.find(flights[1])
  await theirs.find(flights[0])
  await expect(mine.cell(flights[1], 'gate')).toContainText('B42', BACK)
  await expect(theirs.cell(flights[0], 'gate')).toContainText('B41', BACK)
  await expect.poll(() => publicGate(url, flights[0]), BACK).toBe('B41')
  await expect.poll(() => publicGate(url, flights[1]), BACK).toBe('B42')
  // Passengers were served all the while: nobody took a backend without Kafka for a hung one.
  expect(await backendProcess(serving)).toBe(backend)
})

test('what is edited while MongoDB is away survives a restart of the desktop, and is carried out once', async ({
  install,
  servers,
}) => {
  const { mine, theirs, takeFlight, installation, launch } = await openTwo(install, servers)
  const flight = takeFlight()
  await mine.find(flight)
  // Seen boards are written every ten seconds at most; what has not been written yet no restart can recall.
  await expect.poll(() => existsSync(join(installation.userData, 'board.json')), BACK).toBe(true)
  await servers.mongo.kill()
  await mine.setGate(flight, 'G70')
  await expect(mine.page.getByTestId('open-queue')).toContainText('1 waiting', BACK)
  await launch.desktop.kill()

  const again = await openDesk(await installation.launch({ env: launch.env }))
  await expect(again.page.getByTestId('connection')).toContainText(/shown state is \d+ (s|min) old/, BACK)
  await expect(again.page.getByTestId('open-queue')).toContainText('1 waiting', BACK)
  await servers.mongo.restart()
  await expect(again.page.getByTestId('connection')).toHaveText('Live', { timeout: 90_000 })
  await again.find(flight)
  await expect(again.cell(flight, 'gate')).toContainText('G70', BACK)
  await expect(again.page.getByTestId('open-queue')).toBeHidden(BACK)
  await theirs.find(flight)
  await expect(theirs.cell(flight, 'gate')).toContainText('G70', BACK)
  await again.choose(flight, 'history')
  await expect(again.page.getByTestId('history-entry').filter({ hasText: 'G70' })).toHaveCount(1)
})

async function edit(desk: ConsolePage, flight: Flight, gate: string): Promise<void> {
  await desk.find(flight)
  await desk.setGate(flight, gate)
}

async function switchTo(page: Page, name: string, isOn: boolean): Promise<void> {
  const field = page.getByTestId(`setting-${name}`)
  if ((await field.isChecked()) !== isOn) await field.click({ force: true })
}

function envOf({ brokers }: Servers, database: string, more: Readonly<Record<string, string>> = {}) {
  return { MONGODB_URL: database, KAFKA_BROKERS: brokers, ...more }
}

/** Two desktops on one database, the second of which is the station's server. */
async function openTwo(install: () => Promise<Installation>, servers: Servers) {
  const database = servers.database()
  const [installation, serving] = await Promise.all([install(), install()])
  const server = await serving.launch({
    env: envOf(servers, database, { FLIGHTLINE_BACKEND: 'true', FLIGHTLINE_ADMIN_PASSWORD: TEST_PASSWORD }),
  })
  const { url } = backendOf(serving)
  await expect.poll(() => answers(url), { timeout: 90_000 }).toBe(true)
  const takeFlight = await fillStation(url)
  const env = envOf(servers, database)
  const desktop = await installation.launch({ env })
  const mine = await signInAt(desktop, 'admin')
  const theirs = await signInAt(server, 'admin')
  return { mine, theirs, takeFlight, url, installation, serving, launch: { desktop, env } }
}
