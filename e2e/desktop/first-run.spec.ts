import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { TEST_PASSWORD } from '../../src/testing/services/backend.ts'
import { takePicture } from '../lib/screenshots.ts'
import { openDesk, setUpAlone, signInAt } from './desk.ts'
import { test } from './desktop-test.ts'

test('a new desktop asks where it works, and shows the board of the demonstration day', async ({ install }) => {
  test.slow()
  const installation = await install()
  const desktop = await installation.launch()
  const desk = await openDesk(desktop)
  await expect(desk.page.getByTestId('first-run')).toBeVisible()
  await takePicture(desk.page, 'first-run', test.info())
  await setUpAlone(desk.page, installation.port)

  await signInAt(desktop, 'gate')

  await expect(desk.page.getByTestId('connection')).toHaveText('Live', { timeout: 30_000 })
  await expect(desk.page.locator('.ag-row').first()).toBeVisible()
  const files = await readdir(installation.userData)
  for (const name of files.filter((file) => /\.(json|bin)$/.test(file))) {
    expect(await readFile(join(installation.userData, name), 'latin1')).not.toContain(TEST_PASSWORD)
  }

  await desktop.kill()
  const again = await openDesk(await installation.launch())
  await expect(again.page.getByTestId('board')).toBeVisible({ timeout: 30_000 })
  await expect(again.page.getByTestId('actor')).toHaveText('gate')
})

test('what is missing or wrong is named before anything is tried', async ({ install }) => {
  const { page } = await openDesk(await (await install()).launch())
  await expect(page.getByTestId('first-run')).toBeVisible()
  await page.getByTestId('setting-password').fill('short')
  await page.getByTestId('settings-save').click()
  await expect(page.getByText('Use 10 characters or more.')).toBeVisible()

  await page.getByTestId('mode-served').click()
  await page.getByTestId('setting-serverUrl').fill('http://ops.example.com')
  await page.getByTestId('settings-test').click()
  await expect(page.getByTestId('settings-outcome')).toContainText('https')
  await expect(page.getByTestId('first-run')).toBeVisible()
})

test('without a keyring of the system no password is kept, and the way out is told', async ({ install }) => {
  const installation = await install()
  const { page } = await openDesk(await installation.launch({ env: { STAND_IN_KEYRING: 'basic_text' } }))
  await expect(page.getByTestId('vault-unsafe')).toContainText('keyring')
  await setUpAlone(page, installation.port)
  await expect(page.getByTestId('settings-outcome')).toContainText('keyring')
  await page.getByTestId('mode-served').click()
  await expect(page.getByTestId('vault-unsafe')).toBeHidden()
})
