import { expect } from 'playwright/test'
import type { Flight } from './lib/api.ts'
import type { ConsolePage } from './lib/console-page.ts'
import { test, type Windows } from './lib/station-test.ts'

test.use({ on: { name: 'two consoles', day: 'quiet' } })

test('a change on one console is on the other without asking', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const [mine, theirs] = await openTwo(windows, flight)

  await theirs.setGate(flight, 'A21')

  await expect(mine.cell(flight, 'gate')).toContainText('A21')
  await expect(mine.cell(flight, 'source')).toContainText('ops')
})

test('of two edits of one gate the second is shown both values, and keeping theirs changes nothing', async ({
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  const [mine, theirs] = await openTwo(windows, flight)

  await raceFor(flight, mine, theirs)

  const conflict = mine.page.getByTestId('conflict')
  await expect(conflict.getByTestId('conflict-table')).toContainText('A22')
  await expect(conflict.getByTestId('conflict-table')).toContainText('A33')
  await conflict.getByTestId('keep-theirs').click()
  await expect(conflict).toBeHidden()
  await expect(mine.cell(flight, 'gate')).toContainText('A22')
  await expect(theirs.cell(flight, 'gate')).toContainText('A22')
})

test('applied on top, the second edit holds on both consoles', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const [mine, theirs] = await openTwo(windows, flight)

  await raceFor(flight, mine, theirs)
  await mine.page.getByTestId('apply-mine').click()

  await expect(mine.cell(flight, 'gate')).toContainText('A33')
  await expect(theirs.cell(flight, 'gate')).toContainText('A33')
})

test('an open editor says when somebody else changes the flight, and keeps what was typed', async ({
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  const [mine, theirs] = await openTwo(windows, flight)
  await mine.choose(flight, 'delay')
  await mine.page.getByTestId('delay-entry').fill('35')

  await theirs.setGate(flight, 'A24')

  await expect(mine.page.getByTestId('moved-on')).toContainText('ops: gate')
  await expect(mine.page.getByTestId('delay-entry')).toHaveValue('35')
})

async function openTwo(windows: Windows, flight: Flight): Promise<readonly [ConsolePage, ConsolePage]> {
  const [mine, theirs] = await Promise.all([windows.console('gate'), windows.console('ops')])
  await Promise.all([mine.find(flight), theirs.find(flight)])
  return [mine, theirs]
}

/** Begins to type a gate on one console, changes it on the other, and then sends what was typed. */
async function raceFor(flight: Flight, mine: ConsolePage, theirs: ConsolePage): Promise<void> {
  await mine.typeGate(flight, 'A33')
  await theirs.setGate(flight, 'A22')
  await expect(theirs.cell(flight, 'gate')).toContainText('A22')
  await mine.page.keyboard.press('Enter')
}
