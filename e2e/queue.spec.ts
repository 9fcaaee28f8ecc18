import { expect } from 'playwright/test'
import { faultsOf } from './lib/faults-of.ts'
import { takePicture } from './lib/screenshots.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'queue', day: 'quiet' } })

test('a change made while nobody answers survives the loss of its page, and is carried out once', async ({
  station,
  takeFlight,
  windows,
}, testInfo) => {
  const [flight, other] = [takeFlight(), takeFlight()]
  const desk = await windows.console('gate')
  const { page } = desk
  await desk.find(flight)
  await station.backend.kill()
  await expect(page.getByTestId('connection')).toContainText('Reconnecting')

  await desk.setGate(flight, 'G60')
  await desk.find(other)
  await desk.setGate(other, 'G61')

  await expect(desk.cell(other, 'gate').getByTestId('pending')).toContainText('waiting')
  await page.getByTestId('open-queue').click()
  const entries = page.getByTestId('queue-entry')
  await expect(entries).toHaveCount(2)
  await expect(entries.first()).toContainText(/Gate.*G60/)
  expect(await faultsOf(page, '[role=dialog]'), 'queue').toEqual([])
  await takePicture(page, 'queue', testInfo)
  await entries.last().getByTestId('queue-put-away').click()
  await page.getByTestId('queue-put-away-yes').click()
  await expect(entries).toHaveCount(1)

  // The server of the page is dead too: what was shown is gone, and only what was kept can come back.
  await page.goto('about:blank')
  await station.backend.restart()
  await page.goto('/console/')
  await desk.find(flight)
  await expect(desk.cell(flight, 'gate')).toContainText('G60')
  await expect(page.getByTestId('open-queue')).toBeHidden()
  await desk.choose(flight, 'history')
  await expect(page.getByTestId('history-entry').filter({ hasText: 'G60' })).toHaveCount(1)
  await page.keyboard.press('Escape')
  await desk.find(other)
  await expect(desk.cell(other, 'gate')).not.toContainText('G61')
})

test('a change that meets another one after the outage asks, and nothing is overwritten', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  const [mine, theirs] = await Promise.all([windows.console('gate'), windows.console('ops')])
  await Promise.all([mine.find(flight), theirs.find(flight)])
  await mine.page.context().setOffline(true)
  await station.backend.kill()
  await expect(mine.page.getByTestId('connection')).toContainText('Reconnecting')
  await mine.setGate(flight, 'G62')
  await expect(mine.page.getByTestId('open-queue')).toContainText('1 waiting')
  await station.backend.restart()
  await theirs.setGate(flight, 'G63')
  await expect(theirs.cell(flight, 'gate')).toContainText('G63', { timeout: 45_000 })

  await mine.page.context().setOffline(false)
  await mine.page.getByRole('button', { name: 'Try now' }).click()

  const table = mine.page.getByTestId('conflict-table')
  await expect(table).toContainText('G62')
  await expect(table).toContainText('G63')
  await mine.page.getByTestId('keep-theirs').click()
  await expect(mine.cell(flight, 'gate')).toContainText('G63')
  await expect(mine.page.getByTestId('open-queue')).toBeHidden()
})

test('the list leads back to the row, whatever filter hides it', async ({ station, takeFlight, windows }) => {
  const flight = takeFlight()
  const desk = await windows.console('gate')
  await desk.find(flight)
  await station.backend.kill()
  await expect(desk.page.getByTestId('connection')).toContainText('Reconnecting')
  await desk.setGate(flight, 'G64')
  await desk.page.getByTestId('search').fill('no such flight')
  await desk.page.getByTestId('open-queue').click()

  await desk.page.getByRole('button', { name: 'Show on board' }).click()

  await expect(desk.cell(flight, 'flight')).toBeFocused()
  await station.backend.restart()
})
