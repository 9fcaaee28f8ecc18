import { expect, type Page } from 'playwright/test'
import { appUrl } from '../../src/testing/electron/launch-desktop.ts'
import { test } from './desktop-test.ts'

const EMPTY = { env: { FLIGHTLINE_MODE: 'embedded', FLIGHTLINE_DAY: 'none' } }

async function openSignIn(app: { firstWindow(): Promise<Page> }): Promise<Page> {
  const page = await app.firstWindow()
  await expect(page.getByTestId('sign-in')).toBeVisible()
  return page
}

test('the window shows the built console at an address of its own', async ({ install }) => {
  const { app } = await (await install()).launch(EMPTY)
  const page = await openSignIn(app)
  expect(appUrl(page)).toBe('app://console/')
})

test('nothing of Node or Electron can be seen from the page', async ({ install }) => {
  const { app } = await (await install()).launch(EMPTY)
  const page = await openSignIn(app)
  const names = ['require', 'process', 'module', 'exports', 'global', 'Buffer', 'electron', 'ipcRenderer']
  const seen = await page.evaluate((all) => all.filter((name) => name in globalThis), names)
  expect(seen).toEqual([])
})

test('a page that is loaded again has its port again', async ({ install }) => {
  const { app } = await (await install()).launch(EMPTY)
  const page = await openSignIn(app)
  await page.reload()
  await expect(page.getByTestId('sign-in')).toBeVisible()
})

test('a message from elsewhere than the top frame reaches nobody', async ({ install }) => {
  const { app } = await (await install()).launch(EMPTY)
  const page = await openSignIn(app)
  const answered = await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    const { port1, port2 } = new MessageChannel()
    frame.contentWindow?.postMessage('flightline:connect', '*', [port2])
    const answer = new Promise((resolve) => {
      port1.onmessage = () => resolve('answered')
    })
    port1.postMessage(JSON.stringify({ i: '1', p: { u: '/session/current' } }))
    return Promise.race([answer, new Promise((resolve) => setTimeout(() => resolve('silence'), 500))])
  })
  expect(answered).toBe('silence')
})
