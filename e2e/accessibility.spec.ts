import { expect, type Page } from 'playwright/test'
import { nameOf } from './lib/api.ts'
import { faultsOf } from './lib/faults-of.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'accessibility', day: 'quiet' } })

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the console has no serious fault for axe, in ${colorScheme}`, async ({ takeFlight, windows }) => {
    const flight = takeFlight()
    const start = await windows.console(undefined, { colorScheme })
    expect(await faultsOf(start.page), 'sign-in').toEqual([])
    const { page: board, ...desk } = await windows.console('supervisor', { colorScheme })
    await desk.find(flight)
    expect(await faultsOf(board), 'board').toEqual([])

    await desk.choose(flight, 'delay')
    expect(await faultsOf(board, '[role=dialog]'), 'delay editor').toEqual([])
    await board.keyboard.press('Escape')
    await desk.choose(flight, 'history')
    await expect(board.getByTestId('history-entry').first()).toBeVisible()
    expect(await faultsOf(board, '[role=dialog]'), 'history').toEqual([])
    await board.keyboard.press('Escape')
    await board.getByTestId('open-broadcast').click()
    await expect(board.getByTestId('broadcast-count')).not.toHaveText('Counting…')
    expect(await faultsOf(board, '[role=dialog]'), 'broadcast').toEqual([])
    await board.keyboard.press('Escape')
    await board.getByTestId('open-system').click()
    await expect(board.getByTestId('process-backend')).toBeVisible()
    expect(await faultsOf(board, '[role=dialog]'), 'system').toEqual([])
  })

  test(`the passenger page has no serious fault for axe, in ${colorScheme}`, async ({ takeFlight, windows }) => {
    const flight = takeFlight()
    const page = await windows.passenger(undefined, { colorScheme })
    expect(await faultsOf(page), 'start').toEqual([])
    await page.getByRole('combobox').fill(nameOf(flight))
    await expect(page.getByRole('option').first()).toBeVisible()
    expect(await faultsOf(page), 'search').toEqual([])

    await page.getByRole('option').first().click()
    await expect(page.locator('#status')).toBeVisible()
    expect(await faultsOf(page), 'flight').toEqual([])
    await page.goto('/?unsubscribe=made-up')
    await expect(page.getByRole('button', { name: 'End the e-mails' })).toBeVisible()
    expect(await faultsOf(page), 'link').toEqual([])
  })
}

test('a gate is found, changed and looked up in the history by keyboard alone', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const desk = await windows.console()
  const { keyboard } = desk.page
  await expect(desk.page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await keyboard.type('gate')
  await keyboard.press('Tab')
  await keyboard.type('only for tests')
  await keyboard.press('Enter')
  await expect(desk.page.getByTestId('board')).toBeVisible()

  await keyboard.press('/')
  await keyboard.type(nameOf(flight))
  await expect(desk.page.getByTestId('row-count')).toContainText(' of ')
  await pressUntil(desk.page, 'Tab', '.ag-header-cell')
  await pressUntil(desk.page, 'ArrowDown', `[row-id="${flight.id}"] *`)
  await pressUntil(desk.page, 'ArrowRight', '[col-id="gate"]')
  await keyboard.type('h9')
  await keyboard.press('Enter')

  await expect(desk.cell(flight, 'gate')).toContainText('H9')
  await keyboard.press('ArrowLeft')
  await keyboard.press('h')
  await expect(desk.page.getByTestId('history-entry').first()).toContainText('H9')
  await keyboard.press('Escape')
  await expect(desk.page.getByTestId('history')).toBeHidden()
  await expect.poll(() => isFocused(desk.page, '[col-id="destination"]')).toBe(true)
})

/** Presses a key as often as it takes to have the focus there. */
async function pressUntil(page: Page, key: string, selector: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press(key)
    if (await isFocused(page, selector)) return
  }
  throw new Error(`${key} does not lead to ${selector}`)
}

function isFocused(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)
}
