import { expect, type Page } from 'playwright/test'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'outage', day: 'quiet' } })

test('both pages say that they are not live while the backend is dead, and recover without being loaded again', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  const [desk, page] = await Promise.all([windows.console('gate'), windows.passenger(flight.id)])
  await desk.find(flight)
  await desk.setGate(flight, 'G40')
  await expect(page.locator('#gate')).toContainText('G40')
  await Promise.all([mark(desk.page), mark(page)])

  await station.backend.kill()

  const badge = desk.page.getByTestId('connection')
  await expect(badge).toContainText(/Reconnecting, shown state is \d+ s old/)
  await expect(desk.cell(flight, 'gate')).toContainText('G40')
  await expect(page.locator('#connection')).toContainText(/Not live since \d/)
  await expect(page.locator('#gate')).toContainText('G40')

  await station.backend.restart()
  await desk.page.getByRole('button', { name: 'Try now' }).click()
  await page.evaluate(() => dispatchEvent(new Event('online')))

  await expect(badge).toHaveText('Live')
  await expect(page.locator('#connection')).toHaveAttribute('data-mode', /live|polling/)
  await desk.setGate(flight, 'G41')
  await expect(desk.cell(flight, 'gate')).toContainText('G41')
  await expect(page.locator('#gate')).toContainText('G41', { timeout: 30_000 })
  expect(await Promise.all([isMarked(desk.page), isMarked(page)])).toEqual([true, true])
})

test('a command that got no answer is sent again under its name, and is carried out once', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  const desk = await windows.console('gate')
  await desk.find(flight)
  await desk.typeGate(flight, 'G50')

  await station.backend.kill()
  await desk.page.keyboard.press('Enter')

  await expect(desk.cell(flight, 'gate').getByTestId('pending')).toBeVisible()
  await station.backend.restart()
  // Back by itself: the longest pause between two tries is well within this.
  await expect(desk.cell(flight, 'gate')).toContainText('G50', { timeout: 45_000 })
  await expect(desk.cell(flight, 'gate').getByTestId('pending')).toBeHidden()
  await desk.choose(flight, 'history')
  const entries = desk.page.getByTestId('history-entry')
  await expect(entries.filter({ hasText: 'G50' })).toHaveCount(1)
})

async function mark(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-loaded-before', ''))
}

/** Whether it is still the document of {@link mark}. */
function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.hasAttribute('data-loaded-before'))
}
