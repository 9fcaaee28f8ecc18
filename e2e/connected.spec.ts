import { expect } from 'playwright/test'
import { findMails, nameOf, waitForBookings } from './lib/api.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'connected', day: 'quiet', isConnected: true } })

test('on Kafka and MongoDB a gate goes the same way: board, log, passenger page, mail', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  await waitForBookings(station)
  const [desk, other, page] = await Promise.all([
    windows.console('gate'),
    windows.console('ops'),
    windows.passenger(flight.id),
  ])
  await Promise.all([desk.find(flight), other.find(flight)])
  await expect(page.locator('#connection')).toHaveAttribute('data-mode', 'live')

  await desk.setGate(flight, 'B31')

  await expect(page.locator('#gate')).toContainText('B31', { timeout: 5_000 })
  await expect(other.cell(flight, 'gate')).toContainText('B31')
  await expect.poll(async () => (await findMails(station, nameOf(flight), 'B31')).length).toBeGreaterThan(0)
})
