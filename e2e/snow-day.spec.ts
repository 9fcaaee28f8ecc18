import { expect } from 'playwright/test'
import { type Flight, listFlights } from './lib/api.ts'
import { faultsOf } from './lib/faults-of.ts'
import { takePicture } from './lib/screenshots.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'snow day', day: 'snow' } })

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 }

test('a wrong password is refused in words, and the right one opens the board', async ({ windows }) => {
  const desk = await windows.console()

  await desk.signIn('gate', 'guessed')

  await expect(desk.page.getByTestId('sign-in-error')).toHaveText('Name or password is wrong.')
  await expect(desk.page.getByTestId('board')).toBeHidden()

  await desk.signIn('gate')

  await expect(desk.page.getByTestId('board')).toBeVisible()
  await expect(desk.page.getByTestId('actor')).toHaveText('gate')
})

test('the first board has the 979 departures of 8 March on the clock of the replayed day', async ({ windows }) => {
  const { page } = await windows.console('supervisor')

  await expect(page.getByTestId('row-count')).toHaveText('979 departures')
  await expect(page.getByTestId('replay')).toHaveText('Replay')
  await expect(page.getByTestId('operational-clock')).toContainText(/14:\d\d:\d\d EST/)
  await expect(page.getByTestId('connection')).toHaveText('Live')
  const headers = page.locator('.ag-header-cell-text')
  await expect(headers.filter({ hasText: /\w/ })).toHaveText([
    ...['STD (local)', 'Flight', 'From', 'To', 'Gate', 'Estimate (local)', 'Delay, min', 'Status'],
    ...['Last change by', 'Aircraft', 'Actions'],
  ])
  await page.getByTestId('search').fill('cancelled')
  await expect(page.getByTestId('row-count')).toHaveText(/^1\d\d of 979 departures$/)
})

test('the board of a snow day is legible in light and dark', async ({ windows }, testInfo) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await windows.console('supervisor', { colorScheme })
    await expect(page.getByTestId('connection')).toHaveText('Live')
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await expect(page.locator('.ag-row .fl-now').first()).toBeVisible()
    await takePicture(page, colorScheme === 'dark' ? 'console' : 'console-light', testInfo)
    // Fewer rows, but of every kind.
    await page.getByTestId('search').fill('jfk bos')
    await expect(page.getByTestId('row-count')).toContainText(' of 979')
    expect(await faultsOf(page, '[data-testid=board]'), colorScheme).toEqual([])
  }
})

test('flights are found by number, by route and by place', async ({ station, windows }) => {
  const [flight] = await listFlights(station, 'origin=JFK&destination=LAX&status=SCHEDULED')
  if (!flight) throw new Error('no flight to Los Angeles')
  const page = await windows.passenger()
  const results = page.getByRole('listbox').getByRole('option')
  const find = async (words: string) => {
    await page.getByRole('combobox').fill(words)
    await expect(page.locator('#search-message')).toContainText('found')
    await expect(results.first()).toBeVisible()
  }

  await find(`${flight.carrier.toLowerCase()} ${flight.number}`)
  await expect(results.first()).toHaveAttribute('data-flight', flight.id)
  await find('JFK to LAX')
  await expect(results.first()).toContainText('Los Angeles')
  await find('los angeles')
  await expect(results.first()).toContainText('Los Angeles')
  await page.getByRole('combobox').fill('nowhere at all')
  await expect(page.locator('#search-message')).toContainText('No flight matches')

  await find(`${flight.carrier}${flight.number}`)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`flight=${flight.id}`))
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('a phone shows a delayed flight whole: time, gate, reason and advice', async ({ station, windows }, testInfo) => {
  const flight = findLate(await listFlights(station, 'status=DELAYED'))
  const [{ page: board, ...desk }, page] = await Promise.all([
    windows.console('ops'),
    windows.passenger(flight.id, { ...PHONE, colorScheme: 'light' }),
  ])
  await desk.find(flight)
  const gate = `${flight.gate?.at(0)}22`
  await desk.setGate(flight, gate)
  await desk.cell(flight, 'delay').click()
  await board.keyboard.type('95')
  await board.getByTestId('reason-0').fill('75')
  await board.keyboard.press('Tab')
  await board.keyboard.press('Control+Enter')

  await expect(page.locator('#gate')).toContainText(gate)
  await expect(page.locator('#status')).toContainText('1 h 35 min late')
  await expect(page.locator('#reason')).toContainText('Ice has to be removed from the aircraft.')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.viewport.width)
  await takePicture(page, 'passenger', testInfo)
})

/** One that leaves later this evening, so that nothing else happens to it in the meantime. */
function findLate(flights: readonly Flight[]): Flight {
  const flight = flights.findLast(({ origin, gate }) => origin === 'JFK' && gate !== undefined)
  if (!flight) throw new Error('no delayed flight')
  return flight
}
