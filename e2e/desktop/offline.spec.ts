import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { createFlightPicker } from '../lib/api.ts'
import { driveConsole } from '../lib/console-page.ts'
import { takePicture } from '../lib/screenshots.ts'
import { startStation } from '../lib/station.ts'
import { test } from './desktop-test.ts'

test('what is edited while the server is away survives a restart of the desktop, and is carried out once', async ({
  install,
}, testInfo) => {
  test.slow()
  await using station = await startStation({ name: 'offline', day: 'quiet' })
  const takeFlight = await createFlightPicker(station)
  const flight = takeFlight()
  const installation = await install()
  const env = { FLIGHTLINE_SERVER_URL: station.url }
  const first = await installation.launch({ env })
  const desk = driveConsole(await first.app.firstWindow())
  await expect(desk.page.getByTestId('sign-in')).toBeVisible({ timeout: 30_000 })
  await desk.signIn('gate')
  await desk.find(flight)
  // Seen boards are written every ten seconds at most; what has not been written yet no restart can recall.
  await expect.poll(() => existsSync(join(installation.userData, 'board.json')), { timeout: 30_000 }).toBe(true)
  await station.backend.kill()
  await expect(desk.page.getByTestId('connection')).toContainText('Reconnecting')
  await desk.setGate(flight, 'G70')
  await expect(desk.page.getByTestId('open-queue')).toContainText('1 waiting')
  await first.kill()

  const second = await installation.launch({ env })
  const again = driveConsole(await second.app.firstWindow())
  // Nobody answers: the board, its age and what waits are from this machine alone.
  await expect(again.page.getByTestId('connection')).toContainText(/shown state is \d+ (s|min) old/, {
    timeout: 30_000,
  })
  await again.find(flight)
  await expect(again.cell(flight, 'gate').getByTestId('pending')).toContainText('waiting')
  await expect(again.page.getByTestId('alarm-store')).toContainText('The server has not answered since')
  await takePicture(again.page, 'desktop-offline', testInfo)

  await station.backend.restart()
  await expect(again.page.getByTestId('connection')).toHaveText('Live', { timeout: 60_000 })
  await expect(again.cell(flight, 'gate')).toContainText('G70')
  await expect(again.page.getByTestId('open-queue')).toBeHidden()
  await again.choose(flight, 'history')
  await expect(again.page.getByTestId('history-entry').filter({ hasText: 'G70' })).toHaveCount(1)
})
