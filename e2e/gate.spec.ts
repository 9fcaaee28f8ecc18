import { expect } from 'playwright/test'
import { findMails, nameOf, waitForBookings } from './lib/api.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'gate', day: 'quiet' } })

// Polling takes 20 s: what is there sooner came by the socket.
const AT_ONCE = { timeout: 5_000 }

test('a gate typed on the board is on the passenger page at once, and mailed to who is booked', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  await waitForBookings(station)
  const [desk, page] = await Promise.all([windows.console('gate'), windows.passenger(flight.id)])
  await expect(page.locator('#connection')).toHaveAttribute('data-mode', 'live')
  await desk.find(flight)

  await desk.setGate(flight, 'b31')

  await expect(page.locator('#gate .place-value')).toHaveText('B31', AT_ONCE)
  await expect(page.locator('#gate')).toContainText(`changed from ${flight.gate}`)
  await expect(page.locator('#history')).toContainText(`Gate B31 instead of ${flight.gate}`)
  await expect(desk.cell(flight, 'gate')).toContainText('B31')
  await expect(desk.cell(flight, 'source')).toContainText('gate')
  const mails = () => findMails(station, nameOf(flight), 'B31')
  await expect.poll(async () => (await mails()).length).toBeGreaterThan(0)
  for (const { to } of await mails()) expect(to).toMatch(/@example\.com$/)
})

test('the history says who changed what, and whom it reached', async ({ station, takeFlight, windows }) => {
  const flight = takeFlight()
  await waitForBookings(station)
  const desk = await windows.console('ops')
  await desk.find(flight)
  await desk.setGate(flight, 'C40')
  await expect(desk.cell(flight, 'gate')).toContainText('C40')

  await desk.choose(flight, 'history')

  const newest = desk.page.getByTestId('history-entry').first()
  await expect(newest).toContainText('ops (ops)')
  await expect(newest).toContainText(`${flight.gate}`)
  await expect(newest).toContainText('C40')
  await expect(newest).toContainText('Passengers told')
  await expect(newest).toContainText(/\d+ sent/)
  await desk.page.keyboard.press('Escape')
  await expect(desk.page.getByTestId('history')).toBeHidden()
})

test('what cannot be a gate is refused in words, and the gate stays', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const desk = await windows.console('gate')
  await desk.find(flight)

  await desk.setGate(flight, 'B!!1')

  await expect(desk.page.getByTestId('announcements')).toContainText('gate')
  await expect(desk.cell(flight, 'gate')).toContainText(flight.gate ?? '–')
})
