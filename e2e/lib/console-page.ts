import { expect, type Locator, type Page } from 'playwright/test'
import { TEST_PASSWORD } from '../../src/testing/services/backend.ts'
import { type Flight, nameOf } from './api.ts'

/** A console in a browser, as a person finds their way around it. */
export interface ConsolePage {
  readonly page: Page
  signIn(name: string, password?: string): Promise<void>
  /** Narrows the board to one flight, which brings its row on the screen. */
  find(flight: Flight): Promise<void>
  cell(flight: Flight, column: string): Locator
  /** Types into the gate's cell without sending. */
  typeGate(flight: Flight, gate: string): Promise<void>
  /** Types a gate and sends it. */
  setGate(flight: Flight, gate: string): Promise<void>
  /** Opens the menu of a row and chooses an action of it. */
  choose(flight: Flight, action: string): Promise<void>
}

/** Drives a console that is loaded or loading. */
export function driveConsole(page: Page): ConsolePage {
  const cell = (flight: Flight, column: string) => page.locator(`.ag-row[row-id="${flight.id}"] [col-id="${column}"]`)
  const typeGate = async (flight: Flight, gate: string) => {
    await cell(flight, 'gate').click()
    await page.keyboard.type(gate)
    await expect(cell(flight, 'gate').getByRole('textbox')).toHaveValue(gate)
  }
  return {
    page,
    cell,
    typeGate,
    async signIn(name, password = TEST_PASSWORD) {
      await page.getByRole('textbox', { name: 'Name' }).fill(name)
      await page.locator('input[name=password]').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    },
    async find(flight) {
      await page.getByTestId('search').fill(nameOf(flight))
      await expect(cell(flight, 'flight')).toBeVisible()
    },
    async setGate(flight, gate) {
      await typeGate(flight, gate)
      await page.keyboard.press('Enter')
    },
    async choose(flight, action) {
      await cell(flight, 'menu').click()
      await page.getByTestId(`action-${action}`).click()
    },
  }
}
