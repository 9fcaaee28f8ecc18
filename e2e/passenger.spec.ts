import { expect, type Page } from 'playwright/test'
import { findMails, nameOf, waitForBookings } from './lib/api.ts'
import { test } from './lib/station-test.ts'

test.use({ on: { name: 'passenger', day: 'quiet' } })

const ADDRESS = 'traveller@example.com'

test('a followed flight is on the start page, live, also after the browser was closed', async ({
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  const desk = await windows.console('gate')
  const page = await windows.passenger(flight.id)
  await page.getByRole('button', { name: 'Follow this flight' }).click()
  await expect(page.getByRole('button', { name: 'Stop following' })).toBeVisible()

  await page.goto('/')
  await expect(page.locator('#followed')).toContainText(nameOf(flight))
  await desk.find(flight)
  await desk.setGate(flight, 'D77')

  await expect(page.locator('#followed')).toContainText('Gate D77')
  await page.locator('#followed').getByRole('link').click()
  await expect(page.locator('#gate')).toContainText('D77')
  await page.getByRole('button', { name: 'Stop following' }).click()
  await page.goto('/')
  await expect(page.locator('#followed')).toHaveCount(0)
})

test('mails begin when their address was confirmed, and end with their own link', async ({
  station,
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  await waitForBookings(station)
  const [desk, page] = await Promise.all([windows.console('gate'), windows.passenger(flight.id)])
  await desk.find(flight)
  const mailsAbout = async (...words: string[]) => {
    const found = await findMails(station, nameOf(flight), ...words)
    return { all: found.length, ours: found.filter(({ to }) => to === ADDRESS) }
  }
  const waitForOurs = (words: string) => expect.poll(async () => (await mailsAbout(words)).ours.length).toBe(1)
  const waitForOthers = (words: string) => expect.poll(async () => (await mailsAbout(words)).all).toBeGreaterThan(0)

  await page.getByRole('textbox', { name: 'Your e-mail address' }).fill(ADDRESS)
  await page.getByRole('button', { name: 'Send me e-mails' }).click()
  await expect(page.locator('#emails')).toContainText(`we have sent a link to ${ADDRESS}`)
  await waitForOurs('Please confirm')
  await desk.setGate(flight, 'E11')
  await waitForOthers('E11')
  expect((await mailsAbout('E11')).ours, 'before the confirmation').toEqual([])

  await pressLink(page, (await mailsAbout('Please confirm')).ours[0]?.text, 'confirm')
  await expect(page.locator('#confirm')).toContainText('Confirmed.')
  await desk.setGate(flight, 'E12')
  await waitForOurs('E12')

  await pressLink(page, (await mailsAbout('E12')).ours[0]?.text, 'unsubscribe')
  await expect(page.locator('#unsubscribe')).toContainText('Done.')
  await desk.setGate(flight, 'E13')
  await waitForOthers('E13')
  expect((await mailsAbout('E13')).ours, 'after the end').toEqual([])
})

test('a link that is not valid says so', async ({ windows }) => {
  const page = await windows.open()
  await page.goto('/?confirm=made-up')

  await page.getByRole('button', { name: 'Confirm' }).click()

  await expect(page.getByRole('status').filter({ hasText: 'This link is not valid any more.' })).toBeVisible()
})

test('where sockets are barred the page polls, says so, and still learns of changes', async ({
  takeFlight,
  windows,
}) => {
  const flight = takeFlight()
  const desk = await windows.console('gate')
  await desk.find(flight)
  const page = await windows.open()
  await page.routeWebSocket(/\/ws$/, (socket) => socket.close())
  await page.clock.install()
  await page.goto(`/?flight=${flight.id}`)
  await expect(page.locator('#connection')).toHaveText('Updating every 20 s')

  await desk.setGate(flight, 'F50')
  await expect(desk.cell(flight, 'gate')).toContainText('F50')
  await page.clock.fastForward(20_000)

  await expect(page.locator('#gate')).toContainText('F50')
})

test('an unknown flight is not invented', async ({ windows }) => {
  const page = await windows.open()

  await page.goto('/?flight=XX1-2020-01-01-JFK')

  await expect(page.locator('#absent')).toContainText('There is no such flight.')
})

test('everything works at the width of a phone without scrolling sideways', async ({ takeFlight, windows }) => {
  const flight = takeFlight()
  const page = await windows.passenger(undefined, { viewport: { width: 390, height: 844 }, hasTouch: true })

  await page.getByRole('combobox').fill(nameOf(flight))
  await page.getByRole('option').first().tap()

  await expect(page.locator('#gate')).toContainText(`${flight.gate}`)
  await page.getByRole('button', { name: 'Follow this flight' }).tap()
  await expect(page.locator('.follow-words')).toContainText('You follow this flight.')
  const { inner, scroll } = await page.evaluate(() => ({
    inner: window.innerWidth,
    scroll: document.documentElement.scrollWidth,
  }))
  expect(scroll).toBeLessThanOrEqual(inner)
})

/** Opens the link of a mail and presses the one button there. */
async function pressLink(page: Page, text: string | undefined, name: 'confirm' | 'unsubscribe'): Promise<void> {
  const [link] = new RegExp(`http://\\S+/\\?${name}=\\S+`).exec(text ?? '') ?? []
  if (link === undefined) throw new Error(`no link to ${name} in: ${text}`)
  await page.goto(link)
  await page.locator(`#${name}`).getByRole('button').click()
}
