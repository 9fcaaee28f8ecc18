import { expect } from 'playwright/test'
import { findMails, nameOf, waitForBookings } from './lib/api.ts'
import { clockIn } from './lib/clock-in.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'delay', day: 'quiet' } })

test('a delay is saved once its reasons add up, and passengers see the new time and why', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  await waitForBookings(station)
  const [{ page: board, ...desk }, page] = await Promise.all([windows.console('gate'), windows.passenger(flight.id)])
  await desk.find(flight)
  await desk.cell(flight, 'delay').click()
  await board.keyboard.type('50')
  const save = board.getByTestId('editor-save')
  await expect(board.getByTestId('delay-entry')).toHaveValue('50')

  await board.getByTestId('reason-0').fill('93')
  await board.getByTestId('reason-minutes-0').fill('30')
  await expect(board.getByTestId('delay-sum')).toContainText('30 of 50 min')
  await expect(save).toBeDisabled()
  await board.getByRole('button', { name: 'Add reason' }).click()
  await board.getByTestId('reason-1').fill('81')
  await board.getByTestId('reason-minutes-1').fill('25')
  await expect(board.getByTestId('delay-sum')).toContainText('55 of 50 min')
  await expect(save).toBeDisabled()
  await board.getByTestId('reason-minutes-1').fill('20')
  await expect(board.getByTestId('delay-sum')).toContainText('50 of 50 min')
  await save.click()

  await expect(desk.cell(flight, 'delay')).toContainText('50')
  await expect(page.locator('#status')).toContainText('Delayed')
  await expect(page.locator('#reason')).toContainText('The aircraft arrives late from its previous flight.')
  const departure = page.locator('#departure')
  await expect(departure.locator('s')).toContainText(clockIn(flight.originZone, flight.scheduledAt))
  await expect(departure.locator('.clock-now')).toHaveText(clockIn(flight.originZone, flight.scheduledAt, 50))
  const mails = () => findMails(station, nameOf(flight))
  await expect.poll(async () => (await mails()).length).toBeGreaterThan(0)
})

test('a delay without a firm time tells passengers when they learn more', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const [{ page: board, ...desk }, page] = await Promise.all([windows.console('ops'), windows.passenger(flight.id)])
  await desk.find(flight)
  await desk.choose(flight, 'delay')

  await board.getByText('No firm time yet').click()
  await board.getByTestId('delay-entry').fill('+40')
  await board.keyboard.press('Control+Enter')

  await expect(page.locator('#status')).toContainText('New time not known yet')
  await expect(page.locator('#next-information')).toContainText(clockIn(flight.originZone, flight.scheduledAt, 40))
})
