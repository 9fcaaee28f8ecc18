import { expect } from 'playwright/test'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'roles', day: 'quiet' } })

test('a gate agent finds no broadcast, and may not cancel', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const desk = await windows.console('gate')
  await desk.find(flight)

  await expect(desk.page.getByTestId('actor')).toHaveText('gate')
  await expect(desk.page.getByTestId('open-broadcast')).toHaveCount(0)
  await desk.cell(flight, 'menu').click()
  await expect(desk.page.getByTestId('action-cancel')).toBeDisabled()
  await expect(desk.page.getByTestId('action-cancel')).toContainText('Your role may not do this.')
  await expect(desk.page.getByTestId('action-gate')).toBeEnabled()
})

test('what the console does not offer is refused by the service too', async ({ station, windows }) => {
  const { page } = await windows.console('gate')

  const response = await page.request.post(`${station.url}/api/desk/broadcasts/preview`, {
    data: { audience: { filter: { origin: 'JFK' } } },
  })

  expect(response.status()).toBe(403)
  expect(await response.json()).toMatchObject({ code: 'FL_FORBIDDEN' })
})

test('a cancelled flight is struck from the plan, and a reinstated one is back', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const [{ page: board, ...desk }, page] = await Promise.all([windows.console('ops'), windows.passenger(flight.id)])
  await desk.find(flight)

  await desk.choose(flight, 'cancel')
  await board.getByTestId('cancel-reason').fill('weat')
  await board.keyboard.press('Enter')
  await board.getByTestId('editor-save').click()

  await expect(desk.cell(flight, 'status')).toContainText('Cancelled')
  await expect(page.locator('#status')).toContainText('Cancelled')
  await expect(page.locator('#departure s')).toBeVisible()
  await expect(page.locator('#advice')).toContainText('Please do not go to the gate.')

  await desk.choose(flight, 'reinstate')
  await board.getByTestId('editor-save').click()

  await expect(desk.cell(flight, 'status')).not.toContainText('Cancelled')
  await expect(page.locator('#status')).toContainText('On time')
  await expect(page.locator('#history')).toContainText('The flight takes place after all')
})

test('signing out closes the board for good', async ({ windows }) => {
  const { page } = await windows.console('gate')

  await page.getByRole('button', { name: 'Sign out' }).click()

  await expect(page.getByTestId('sign-in')).toBeVisible()
  await page.reload()
  await expect(page.getByTestId('sign-in')).toBeVisible()
})
