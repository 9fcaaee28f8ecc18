import { expect } from 'playwright/test'
import { takePicture } from '../lib/screenshots.ts'
import {
  agreeToEverything,
  answers,
  backendOf,
  backendProcess,
  chooseInMenu,
  DEMO,
  openDesk,
  pickFlights,
  publicGate,
  signInAt,
} from './desk.ts'
import { test } from './desktop-test.ts'

test('gate and delay are edited on the live board, and passengers see both', async ({ install }) => {
  test.slow()
  const installation = await install()
  const desktop = await installation.launch({ env: DEMO })
  const takeFlight = await pickFlights(installation)
  const desk = await signInAt(desktop, 'gate')
  const flight = takeFlight()
  await desk.find(flight)
  await desk.setGate(flight, 'B31')
  await expect(desk.cell(flight, 'gate')).toContainText('B31')
  await expect.poll(() => publicGate(backendOf(installation).url, flight)).toBe('B31')

  await desk.cell(flight, 'delay').click()
  await desk.page.keyboard.type('40')
  await desk.page.getByTestId('reason-0').fill('93')
  await desk.page.getByTestId('reason-minutes-0').fill('40')
  await desk.page.getByTestId('editor-save').click()
  await expect(desk.cell(flight, 'delay')).toContainText('40')
})

test('a backend that is killed is back by itself, and nothing that was edited meanwhile is lost', async ({
  install,
}) => {
  test.slow()
  const installation = await install()
  const desktop = await installation.launch({ env: DEMO })
  const { url } = backendOf(installation)
  const takeFlight = await pickFlights(installation)
  const desk = await signInAt(desktop, 'gate')
  const flight = takeFlight()
  await desk.find(flight)
  await expect.poll(() => backendProcess(installation).catch(() => 0)).toBeGreaterThan(0)

  process.kill(await backendProcess(installation), 'SIGKILL')
  await expect.poll(() => answers(url), { intervals: [20] }).toBe(false)
  const killedAt = Date.now()
  await desk.setGate(flight, 'C42')
  await expect(desk.cell(flight, 'gate')).toContainText('C42')

  await expect.poll(() => answers(url), { intervals: [50], timeout: 60_000 }).toBe(true)
  test.info().annotations.push({ type: 'backend back after, ms', description: String(Date.now() - killedAt) })
  await expect.poll(() => publicGate(url, flight), { timeout: 30_000 }).toBe('C42')
  await expect(desk.cell(flight, 'gate')).toContainText('C42')
})

test('a desk that works on the store itself says that it has no backend to look at', async ({ install }) => {
  const installation = await install()
  const desktop = await installation.launch({ env: { ...DEMO, FLIGHTLINE_DAY: 'none' } })
  const { page } = await signInAt(desktop, 'admin')

  await chooseInMenu(desktop, 'system')

  await expect(page.getByTestId('system').getByRole('alert')).toContainText('is not connected to a backend')
})

test('a page that crashes comes back signed in, in its place', async ({ install }) => {
  const installation = await install()
  const desktop = await installation.launch({ env: { ...DEMO, FLIGHTLINE_DAY: 'none' } })
  await signInAt(desktop, 'admin')
  await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  // Playwright gives up a page that crashed, on every browser: main is asked instead.
  const actor = () =>
    desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        'document.querySelector("[data-testid=actor]")?.textContent',
      ),
    )
  await expect.poll(() => actor().catch(() => 'no page'), { timeout: 30_000 }).toBe('admin')
})

test('a deep link opens its departure, in the desktop that runs', async ({ install }) => {
  test.slow()
  const installation = await install()
  const desktop = await installation.launch({ env: DEMO })
  const takeFlight = await pickFlights(installation)
  const desk = await signInAt(desktop, 'gate')
  const flight = takeFlight()
  await installation.launchSecond([`flightline://flight/${flight.id}`])
  await expect(desk.cell(flight, 'flight')).toBeVisible()
  await expect(desk.page.locator(`.ag-row[row-id="${flight.id}"]`)).toHaveClass(/ag-row-focus|ag-row-selected/)
})

test('windows come back where they were, each for its station', async ({ install }) => {
  const installation = await install()
  const env = { ...DEMO, FLIGHTLINE_DAY: 'none' }
  const first = await installation.launch({ env })
  await openDesk(first)
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 1200, height: 800 }),
  )
  await chooseInMenu(first, 'new-window')
  await expect.poll(() => first.app.windows().length).toBe(2)
  await agreeToEverything(first)
  await first.app.close()

  const second = await installation.launch({ env })
  await openDesk(second)
  await expect.poll(() => second.app.windows().length).toBe(2)
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getBounds()),
  )
  expect(bounds).toContainEqual({ x: 40, y: 60, width: 1200, height: 800 })
})

test('the wall display is opened from the menu, fills the screen, and is left again', async ({ install }) => {
  test.slow()
  const installation = await install()
  const desktop = await installation.launch({ env: DEMO })
  await pickFlights(installation)
  const desk = await signInAt(desktop, 'gate')
  await chooseInMenu(desktop, 'wall')
  await expect(desk.page.getByTestId('wall')).toBeVisible()
  const isFull = () => desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen())
  await expect.poll(isFull).toBe(true)
  const sleepIsBarred = () => desktop.app.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(0))
  await expect.poll(sleepIsBarred).toBe(true)
  await takePicture(desk.page, 'wall', test.info())
  await desk.page.keyboard.press('Escape')
  await expect(desk.page.getByTestId('board')).toBeVisible()
  await expect.poll(isFull).toBe(false)
  await expect.poll(sleepIsBarred).toBe(false)
})

test('closing the last window leaves the backend serving, and quitting says what stops', async ({ install }) => {
  const installation = await install()
  const desktop = await installation.launch({ env: { ...DEMO, FLIGHTLINE_DAY: 'none' } })
  const { url } = backendOf(installation)
  await expect.poll(() => answers(url), { timeout: 60_000 }).toBe(true)
  await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(() => desktop.app.windows().length).toBe(0)
  expect(await answers(url)).toBe(true)

  const asked = await desktop.app.evaluate(async ({ app, dialog }) => {
    const question = new Promise<{ detail?: string }>((resolve) => {
      dialog.showMessageBox = async (...given: unknown[]) => {
        resolve(Object(given.at(-1)))
        return { response: 1, checkboxChecked: false }
      }
    })
    app.quit()
    return question
  })
  expect(asked.detail).toContain('passengers')
  expect(await answers(url)).toBe(true)
})
