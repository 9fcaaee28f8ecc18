import { expect, type Page } from 'playwright/test'
import { test } from './desktop-test.ts'

const EMPTY = { env: { FLIGHTLINE_MODE: 'embedded', FLIGHTLINE_DAY: 'none' } }

async function openSignIn(app: { firstWindow(): Promise<Page> }): Promise<Page> {
  const page = await app.firstWindow()
  await expect(page.getByTestId('sign-in')).toBeVisible()
  return page
}

test('the content policy bars scripts that are not ours, and every connection', async ({ install }) => {
  const page = await openSignIn((await (await install()).launch(EMPTY)).app)
  const barred = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
    const inline = document.createElement('script')
    inline.textContent = 'window.wasRun = true'
    document.head.append(inline)
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    const reached = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'barred',
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { violations, reached, wasRun: 'wasRun' in window }
  })
  expect(barred.reached).toBe('barred')
  expect(barred.wasRun).toBe(false)
  expect(barred.violations).toEqual(expect.arrayContaining(['script-src-elem', 'connect-src', 'frame-src']))
})

test('a page cannot be led elsewhere', async ({ install }) => {
  const page = await openSignIn((await (await install()).launch(EMPTY)).app)
  const before = page.url()
  await page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  await page.waitForTimeout(500)
  expect(page.url()).toBe(before)
  await expect(page.getByTestId('sign-in')).toBeVisible()
})

test('a page opens no window', async ({ install }) => {
  const { app } = await (await install()).launch(EMPTY)
  const page = await openSignIn(app)
  await page.evaluate(() => void window.open('https://example.com/'))
  await page.waitForTimeout(500)
  expect(app.windows()).toHaveLength(1)
})

test('no permission is granted', async ({ install }) => {
  const page = await openSignIn((await (await install()).launch(EMPTY)).app)
  const states = await page.evaluate(async () => {
    const names: readonly PermissionName[] = ['geolocation', 'notifications', 'camera', 'microphone']
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state))
  })
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
})

test('nothing but the files of the console is at its address', async ({ install }) => {
  const page = await openSignIn((await (await install()).launch(EMPTY)).app)
  const statuses = await page.evaluate(async () => {
    const paths = ['/index.html', '/..%2fmain%2findex.js', '/../main/index.js', '/missing.js', '/package.json']
    return Promise.all(paths.map(async (path) => (await fetch(path)).status))
  })
  expect(statuses).toEqual([200, 404, 404, 404, 404])
})
