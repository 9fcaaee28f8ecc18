import { expect } from 'playwright/test'
import { findMails, nameOf, waitForBookings } from './lib/api.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'broadcast', day: 'quiet' } })

const TEXT = 'Buses to the city leave from door 4 until midnight.'

test('a supervisor sees how many a broadcast reaches, sends it, and watches it arrive', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  await waitForBookings(station)
  const [{ page: board, ...desk }, page] = await Promise.all([
    windows.console('supervisor'),
    windows.passenger(flight.id),
  ])
  await expect(page.locator('#connection')).toHaveAttribute('data-mode', 'live')
  await desk.find(flight)
  await desk.cell(flight, 'flight').click()
  await board.keyboard.press('Space')
  await board.getByTestId('open-broadcast').click()

  const count = board.getByTestId('broadcast-count')
  await expect(count).toHaveText(/^1 flight, [1-9]\d* passengers$/)
  await expect(board.getByTestId('broadcast-review')).toBeDisabled()
  await board.getByTestId('broadcast-text').fill(TEXT)
  await board.getByTestId('broadcast-review').click()
  await expect(board.getByTestId('broadcast-confirmation')).toContainText('1 flight and cannot be taken back')
  await expect(page.locator('#notices')).toBeHidden()
  await board.getByTestId('broadcast-confirm').click()

  await expect(page.locator('#notices')).toContainText(TEXT)
  const progress = board.getByTestId('broadcast-progress')
  await expect(progress).toHaveAttribute('data-done', 'true', { timeout: 30_000 })
  await expect(progress).toContainText(/Done: (\d+) of \1 e-mails/)
  expect((await findMails(station, nameOf(flight), TEXT)).length).toBeGreaterThan(0)
})

test('a passenger who comes later sees the notice that still holds', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const { page: board, ...desk } = await windows.console('admin')
  await desk.find(flight)
  await board.getByTestId('open-broadcast').click()
  await board.getByTestId('audience-origin').fill(flight.origin)
  await board.getByTestId('audience-destination').fill(flight.destination)
  await board.getByTestId('broadcast-text').fill(TEXT)
  await board.getByTestId('broadcast-review').click()
  await board.getByTestId('broadcast-confirm').click()
  await expect(board.getByTestId('broadcast-progress')).toBeVisible()

  const page = await windows.passenger(flight.id)

  await expect(page.locator('#notices')).toContainText(TEXT)
})
