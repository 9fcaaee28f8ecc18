import { expect, type Page } from 'playwright/test'
import { connectPush, type PushClient } from '../src/testing/push/push-client.ts'
import { takePicture } from './lib/screenshots.ts'
import type { Station } from './lib/station.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'system', day: 'quiet' } })

const SOCKETS = 40

/** Sockets of passengers who follow one flight, and displays that follow all. */
async function follow({ url }: Station, flightId: string): Promise<readonly PushClient[]> {
  const clients = await Promise.all(
    Array.from({ length: SOCKETS }, () => connectPush(`${url.replace('http', 'ws')}/ws`)),
  )
  for (const [at, client] of clients.entries()) {
    client.send(at < 5 ? { op: 'follow', all: true } : { op: 'follow', flights: { [flightId]: 0 } })
  }
  await Promise.all(clients.map((client) => client.waitFor('snapshot')))
  return clients
}

async function countIn(page: Page, id: string): Promise<number> {
  return Number((await page.getByTestId(id).textContent())?.replace(/\D/g, ''))
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a supervisor sees passengers come, changes delivered to them, and them leave, in ${colorScheme}`, async ({
    station,
    takeFlight,
    windows,
  }, testInfo) => {
    const flight = takeFlight()
    const [{ page }, desk] = await Promise.all([
      windows.console('supervisor', { colorScheme }),
      windows.console('gate', { colorScheme }),
    ])
    await page.getByTestId('open-system').click()
    const system = page.getByTestId('system')
    await expect(system.getByRole('status')).toHaveText('All parts are well.')
    await expect(page.getByTestId('process-backend')).toBeVisible()
    const before = await countIn(page, 'system-sockets')

    const clients = await follow(station, flight.id)
    await expect.poll(() => countIn(page, 'system-sockets')).toBe(before + SOCKETS)

    await desk.find(flight)
    for (const gate of ['C77', 'C78', 'C79']) {
      await desk.setGate(flight, gate)
      await expect(desk.cell(flight, 'gate')).toContainText(gate)
    }
    await expect(page.getByTestId('latency-recent').getByRole('cell').first()).toHaveText('3')
    await expect(page.getByTestId('latency-bars')).toBeVisible()
    if (colorScheme === 'dark') await takePicture(page, 'system', testInfo)

    for (const { socket } of clients) socket.close()
    await expect.poll(() => countIn(page, 'system-sockets')).toBe(before)
    await expect(system.getByRole('row', { name: /^Left by themselves/ })).toContainText(String(SOCKETS))
    await page.keyboard.press('Escape')
    await expect(system).toBeHidden()
  })
}

test('a gate agent does not find the system, by key neither', async ({ windows }) => {
  const { page } = await windows.console('gate')
  await expect(page.getByTestId('actor')).toHaveText('gate')
  await expect(page.getByTestId('open-system')).toHaveCount(0)

  await page.keyboard.press('s')

  await expect(page.getByText('Your role may not look at the system.')).toBeVisible()
  await expect(page.getByTestId('system')).toHaveCount(0)
})

test('while the backend is dead the page says how old it is, and goes on with the one that comes back', async ({
  station,
  windows,
}) => {
  const { page } = await windows.console('supervisor')
  await page.keyboard.press('s')
  const age = page.getByTestId('system-age')
  await expect(age).toHaveText('live')

  await station.backend.kill()

  await expect(age).toHaveText(/^last read \d+ s ago$/)
  await expect(page.getByTestId('system').getByRole('alert')).toContainText('No answer')
  await expect(page.getByTestId('process-backend')).toBeVisible()

  await station.backend.restart()

  await expect(age).toHaveText('live', { timeout: 45_000 })
  await expect(page.getByTestId('system').getByRole('alert')).toHaveCount(0)
})
