import { type BrowserContextOptions, test as base, expect, type Page } from 'playwright/test'
import { signIn } from '../../src/testing/chain/console-client.ts'
import { createFlightPicker, type Flight } from './api.ts'
import { type ConsolePage, driveConsole } from './console-page.ts'
import { type Station, type StationOptions, startStation } from './station.ts'

/** Opens windows of people: each a browser context of its own, closed after the test. */
export interface Windows {
  /** An empty page. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** The console; with a name, the board of somebody who is signed in already. */
  console(name?: string, options?: BrowserContextOptions): Promise<ConsolePage>
  /** The passengers' page, on a flight when one is named. */
  passenger(flightId?: string, options?: BrowserContextOptions): Promise<Page>
}

interface WorkerFixtures {
  readonly on: StationOptions
  readonly station: Station
  readonly takeFlight: () => Flight
  readonly session: (name: string) => Promise<SessionCookie>
}

/** A test with a backend of its spec file and windows on it. An error in a page's script fails the test. */
export const test = base.extend<{ readonly windows: Windows }, WorkerFixtures>({
  on: [
    { name: 'unnamed', day: 'quiet' },
    { option: true, scope: 'worker' },
  ],
  station: [
    async ({ on }, use) => {
      await using station = await startStation(on)
      await use(station)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  takeFlight: [async ({ station }, use) => use(await createFlightPicker(station)), { scope: 'worker' }],
  session: [async ({ station }, use) => use(createSessions(station)), { scope: 'worker' }],
  windows: async ({ browser, session, station }, use) => {
    const problems: string[] = []
    await using contexts = new AsyncDisposableStack()
    const open = async (options: BrowserContextOptions = {}) => {
      const context = contexts.use(
        await browser.newContext({
          baseURL: station.url,
          viewport: { width: 1440, height: 900 },
          ...NEW_YORK,
          ...options,
        }),
      )
      const page = await context.newPage()
      page.on('pageerror', (error) => problems.push(String(error)))
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) problems.push(message.text())
      })
      return page
    }
    await use(createWindows(open, session))
    expect(problems, 'errors in the pages').toEqual([])
  },
})

const NEW_YORK: BrowserContextOptions = { locale: 'en-US', timezoneId: 'America/New_York', reducedMotion: 'reduce' }

type SessionCookie = Readonly<Record<'name' | 'value' | 'url', string>>

function createWindows(open: Windows['open'], session: (name: string) => Promise<SessionCookie>): Windows {
  return {
    open,
    async console(name, options) {
      const desk = driveConsole(await open(options))
      if (name !== undefined) await desk.page.context().addCookies([await session(name)])
      await desk.page.goto('/console/')
      if (name !== undefined) await expect(desk.page.getByTestId('board')).toBeVisible()
      return desk
    },
    async passenger(flightId, options) {
      const page = await open(options)
      await page.goto(flightId === undefined ? '/' : `/?flight=${encodeURIComponent(flightId)}`)
      if (flightId !== undefined) await expect(page.locator('#status')).toBeVisible()
      return page
    },
  }
}

/** One sign-in for each person of a spec file: passwords are hashed slowly on purpose. */
function createSessions({ url }: Station): (name: string) => Promise<SessionCookie> {
  const cookies = new Map<string, Promise<string>>()
  return async (person) => {
    const cookie = cookies.get(person) ?? signIn(url, person)
    cookies.set(person, cookie)
    const [name = '', value = ''] = (await cookie).split('=')
    return { name, value, url }
  }
}
