import { EventEmitter } from 'node:events'
import type { IpcMainEvent, Session, WebContents } from 'electron'
import { describe, expect, test } from 'vitest'
import { lockNavigation } from './navigation.ts'
import { denyNewWindows } from './new-windows.ts'
import { denyPermissions } from './permissions.ts'
import { isConsoleAddress, isTrustedSender } from './sender.ts'

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
  // Reason for the cast: of Electron's event only the frames are looked at.
  const event = (senderFrame: unknown, mainFrame: unknown) => {
    const given: unknown = { senderFrame, sender: { mainFrame } }
    return given as IpcMainEvent // only the frames are looked at
  }

  test('the top frame of a console page is', () => expect(isTrustedSender(event(frame, frame))).toBe(true))

  test('a sub-frame, a foreign page and a frame that is gone are not', () => {
    const page = { url: 'https://example.com/' }
    expect(isTrustedSender(event({ url: 'app://console/' }, frame))).toBe(false)
    expect(isTrustedSender(event(page, page))).toBe(false)
    expect(isTrustedSender(event(null, frame))).toBe(false)
  })
})

describe('navigation', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s to anywhere else is prevented', (name) => {
    const contents = new EventEmitter()
    lockNavigation(contents as unknown as WebContents) // only `on` is used
    const prevented: string[] = []
    for (const url of [...foreign, 'app://console/next'])
      contents.emit(name, { url, preventDefault: () => prevented.push(url) })
    expect(prevented).toEqual(foreign)
  })

  test('a webview is never attached', () => {
    const contents = new EventEmitter()
    lockNavigation(contents as unknown as WebContents) // only `on` is used
    let isPrevented = false
    contents.emit('will-attach-webview', { preventDefault: () => (isPrevented = true) })
    expect(isPrevented).toBe(true)
  })

  test('no page opens a window', () => {
    const answers: unknown[] = []
    const contents: Pick<WebContents, 'setWindowOpenHandler'> = {
      setWindowOpenHandler: (handler) => answers.push(handler({} as Parameters<typeof handler>[0])), // details do not matter
    }
    denyNewWindows(contents)
    expect(answers).toEqual([{ action: 'deny' }])
  })
})

describe('permissions', () => {
  test('all are denied, asked for or checked', () => {
    const decisions: unknown[] = []
    const session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'> = {
      // Electron passes more; the rule looks at none of it.
      setPermissionRequestHandler: (handler) =>
        Reflect.apply(handler ?? (() => undefined), undefined, [{}, 'media', (is: boolean) => decisions.push(is)]),
      setPermissionCheckHandler: (handler) => decisions.push(Reflect.apply(handler ?? (() => true), undefined, [])),
    }
    denyPermissions(session)
    expect(decisions).toEqual([false, false])
  })
})
