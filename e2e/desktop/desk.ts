import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from 'playwright/test'
import type { LaunchedDesktop } from '../../src/testing/electron/launch-desktop.ts'
import { TEST_PASSWORD } from '../../src/testing/services/backend.ts'
import { createFlightPicker, type Flight } from '../lib/api.ts'
import { type ConsolePage, driveConsole } from '../lib/console-page.ts'
import type { Installation } from './desktop-test.ts'

/** A desktop on the demonstration day, which is set up already. */
export const DEMO: Readonly<Record<string, string>> = {
  FLIGHTLINE_MODE: 'embedded',
  FLIGHTLINE_ADMIN_PASSWORD: TEST_PASSWORD,
}

/** The first window of a desktop, as a person finds their way around it. */
export async function openDesk({ app }: LaunchedDesktop): Promise<ConsolePage> {
  return driveConsole(await app.firstWindow())
}

/** The same, with somebody signed in. */
export async function signInAt(desktop: LaunchedDesktop, name: string): Promise<ConsolePage> {
  const desk = await openDesk(desktop)
  await expect(desk.page.getByTestId('sign-in')).toBeVisible({ timeout: 30_000 })
  // A desk that is still opening its store refuses, and says so.
  await expect(async () => {
    if (await desk.page.getByTestId('sign-in').isVisible()) await desk.signIn(name)
    await expect(desk.page.getByTestId('board')).toBeVisible({ timeout: 8_000 })
  }).toPass({ timeout: 45_000 })
  return desk
}

/** Where the bundled backend of an installation answers. */
export function backendOf({ port }: Pick<Installation, 'port'>): { readonly url: string } {
  return { url: `http://127.0.0.1:${port}` }
}

/** Waits until the bundled backend serves, and hands out flights that nobody has touched. */
export async function pickFlights(installation: Installation): Promise<() => Flight> {
  const backend = backendOf(installation)
  await expect.poll(() => answers(backend.url), { timeout: 60_000 }).toBe(true)
  return createFlightPicker(backend)
}

/** Whether a backend answers at all. */
export async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    () => true,
    () => false,
  )
}

/** The process of the bundled backend, as its log names it. */
export async function backendProcess({ userData }: Pick<Installation, 'userData'>): Promise<number> {
  const log = await readFile(join(userData, 'logs', 'backend.log'), 'utf8')
  const last = [...log.matchAll(/"pid":(\d+)/g)].at(-1)
  if (!last?.[1]) throw new Error('the backend has written nothing yet')
  return Number(last[1])
}

/** What passengers are told of a flight's gate. */
export async function publicGate(url: string, flight: Pick<Flight, 'id'>): Promise<string | undefined> {
  const answer = await fetch(`${url}/api/flights/${flight.id}`)
  return JSON.parse(await answer.text()).gate
}

/** Clicks an item of the application menu. */
export async function chooseInMenu({ app }: LaunchedDesktop, id: string): Promise<void> {
  await app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id)
}

/** Answers the next questions of the program's with their first button. */
export async function agreeToEverything({ app }: LaunchedDesktop): Promise<void> {
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
  })
}

/** Fills the first run's form for a desk on its own. */
export async function setUpAlone(page: Page, port: number): Promise<void> {
  await expect(page.getByTestId('first-run')).toBeVisible({ timeout: 30_000 })
  await page.getByTestId('setting-password').fill(TEST_PASSWORD)
  await page.getByTestId('setting-passwordAgain').fill(TEST_PASSWORD)
  await page.getByTestId('setting-port').fill(String(port))
  await page.getByTestId('settings-save').click()
}
