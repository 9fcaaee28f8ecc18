import { EventEmitter } from 'node:events'
import type { App, IpcMainEvent, Session, WebContents } from 'electron'
import { describe, expect, test } from 'vitest'
import { guardEveryPage } from './every-page.ts'
import { DOCUMENTATION, openOwnPage } from './open-external.ts'
import { denyPermissions } from './permissions.ts'
import { blockRemoteContent } from './remote-content.ts'
import { sandboxEverything } from './sandbox.ts'
import { isConsoleAddress, isTrustedSender } from './sender.ts'
import { securePreferences } from './web-preferences.ts'

const foreign = [
  'https://example.com/',
  'app://consoles/',
  'app://console.evil/',
  'file:///etc/passwd',
  'javascript:1',
  '',
]

describe('isConsoleAddress', () => {
  test('holds for the console and nothing that looks like it', () => {
    expect(isConsoleAddress('app://console/index.html')).toBe(true)
    for (const address of foreign) expect(isConsoleAddress(address)).toBe(false)
  })
})

describe('isTrustedSender', () => {
  const frame = { url: 'app://console/' }
  const event = (senderFrame: unknown, mainFrame: unknown) => {
    const given: unknown = { senderFrame, sender: { mainFrame, id: 7 } }
    return given as IpcMainEvent // only the frames and the page's id are looked at
  }

  test('the top frame of a console page is, in a window of ours', () => {
    expect(isTrustedSender(event(frame, frame), (page) => page === 7)).toBe(true)
    expect(isTrustedSender(event(frame, frame), () => false)).toBe(false)
  })

  test('a sub-frame, a foreign page and a frame that is gone are not', () => {
    const page = { url: 'https://example.com/' }
    const known = () => true
    expect(isTrustedSender(event({ url: 'app://console/' }, frame), known)).toBe(false)
    expect(isTrustedSender(event(page, page), known)).toBe(false)
    expect(isTrustedSender(event(null, frame), known)).toBe(false)
  })
})

/** A page that came to be, by whatever way. */
function createdPage() {
  const app = new EventEmitter()
  const given: unknown = app
  guardEveryPage(given as Pick<App, 'on'>) // only this one method is used
  const answers: unknown[] = []
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: Parameters<WebContents['setWindowOpenHandler']>[0]) =>
      answers.push(handler({} as Parameters<typeof handler>[0])), // the details do not matter
  })
  app.emit('web-contents-created', {}, contents)
  return { contents, answers }
}

describe('every page, however made', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s to anywhere else is prevented', (name) => {
    const { contents } = createdPage()
    const prevented: string[] = []
    for (const url of [...foreign, 'app://console/next'])
      contents.emit(name, { url, preventDefault: () => prevented.push(url) })
    expect(prevented).toEqual(foreign)
  })

  test('attaches no webview', () => {
    const { contents } = createdPage()
    let isPrevented = false
    contents.emit('will-attach-webview', { preventDefault: () => (isPrevented = true) })
    expect(isPrevented).toBe(true)
  })

  test('opens no window', () => {
    expect(createdPage().answers).toEqual([{ action: 'deny' }])
  })
})

test('preferences are the strictest there are, name nothing that loosens them, and cannot be changed', () => {
  const preferences = securePreferences('/out/preload/index.cjs')
  expect(preferences).toEqual({
    ...{ preload: '/out/preload/index.cjs', sandbox: true, contextIsolation: true, webSecurity: true },
    ...{ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false },
    ...{ webviewTag: false, navigateOnDragDrop: false, spellcheck: false },
  })
  expect(Object.isFrozen(preferences)).toBe(true)
})

test('the whole program is sandboxed', () => {
  let isSandboxed = false
  sandboxEverything({ enableSandbox: () => (isSandboxed = true) })
  expect(isSandboxed).toBe(true)
})

test('all permissions and devices are denied, asked for or checked', () => {
  const decisions: unknown[] = []
  // Electron passes more; the rule looks at none of it.
  const session: Parameters<typeof denyPermissions>[0] = {
    setPermissionRequestHandler: (handler) =>
      Reflect.apply(handler ?? (() => undefined), undefined, [{}, 'media', (is: boolean) => decisions.push(is)]),
    setPermissionCheckHandler: (handler) => decisions.push(Reflect.apply(handler ?? (() => true), undefined, [])),
    setDevicePermissionHandler: (handler) => decisions.push(Reflect.apply(handler ?? (() => true), undefined, [])),
  }
  denyPermissions(session)
  expect(decisions).toEqual([false, false, false])
})

test.each([
  ['app://console/assets/a.js', false],
  ['data:image/svg+xml,x', false],
  ['blob:app://console/1', false],
  ['https://example.com/x.js', true],
  ['http://127.0.0.1:8080/', true],
  ['ws://127.0.0.1:8080/ws', true],
  ['file:///etc/passwd', true],
  ['nonsense', true],
])('a request for %s is cancelled: %s', (url, cancel) => {
  const answers: unknown[] = []
  const webRequest = {
    onBeforeRequest: (listener: (details: { url: string }, decide: (answer: object) => void) => void) =>
      listener({ url }, (answer) => answers.push(answer)),
  }
  const given: unknown = { webRequest }
  blockRemoteContent(given as Pick<Session, 'webRequest'>) // only this one method is used
  expect(answers).toEqual([{ cancel }])
})

describe('openOwnPage', () => {
  const attempt = async (address: string) => {
    const opened: string[] = []
    const isOurs = await openOwnPage({ openExternal: async (url) => void opened.push(url) }, address)
    return { isOurs, opened }
  }

  test('hands our own pages to the system', async () => {
    expect(await attempt(DOCUMENTATION)).toEqual({ isOurs: true, opened: [DOCUMENTATION] })
  })

  test.each([
    'http://flightline.example/docs/',
    'https://flightline.example.evil.example/',
    'https://flightline.example@evil.example/',
    'https://anna:secret@flightline.example/',
    'https://flightline.example:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://flightline.example/x',
    '',
  ])('%s goes nowhere', async (address) => {
    expect(await attempt(address)).toEqual({ isOurs: false, opened: [] })
  })
})
