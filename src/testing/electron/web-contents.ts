import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { toApp, toPage } from './addresses.ts'
import { appState } from './app.ts'
import { browser, type Target } from './browser.ts'
import type { Fields } from './devtools.ts'
import { ipcMain } from './ipc-main.ts'
import { openPageSession, type PageEvents, type PageSession } from './page-session.ts'
import { applyPermissions, session } from './session.ts'
import { strict } from './strict.ts'
import { watchForHang } from './watch-for-hang.ts'

type OpenHandler = (details: { readonly url: string }) => { readonly action: 'deny' | 'allow' }

const all = new Map<string, WebContents>()
let lastId = 0

/** `electron.webContents`, an instance. It has a page of Chromium behind it from its first `load` on. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session = session.defaultSession
  readonly mainFrame: { url: string; readonly processId: number; readonly routingId: number; readonly parent: null }
  private page: Promise<PageSession> | undefined
  private openHandler: OpenHandler = () => ({ action: 'allow' })
  private zoomLevel = 0
  private hasCrashed = false
  private isGone = false
  private wasDrawn = false
  private hangWatch: (() => void) | undefined
  private readonly preload: string

  constructor(preload: string) {
    super()
    this.preload = readFileSync(preload, 'utf8')
    this.mainFrame = { url: '', processId: this.id, routingId: 1, parent: null }
  }

  static create(preload: string): WebContents {
    const contents = strict('webContents', new WebContents(preload))
    queueMicrotask(() => appState.app.emit('web-contents-created', {}, contents))
    return contents
  }

  async loadURL(url: string, size = { width: 1440, height: 900 }): Promise<void> {
    await applyPermissions(url)
    this.page ??= this.openPage(size)
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', resolve))
    await (await this.page).load(toPage(url))
    await loaded
  }

  private async openPage(size: { readonly width: number; readonly height: number }): Promise<PageSession> {
    const target = await browser().openPage(size)
    all.set(target.id, this)
    const page = await openPageSession(target, { preload: this.preload, events: this.events() })
    this.hangWatch = watchForHang(page, this)
    return page
  }

  private events(): PageEvents {
    return {
      posted: (channel, data, ports) =>
        ipcMain.deliver(channel, { sender: this, senderFrame: this.mainFrame, ports, data }),
      titled: (title) => this.emit('page-title-updated', preventable(), title),
      mayNavigate: (url, isMainFrame) => this.ask(url, isMainFrame),
      navigated: (url) => {
        this.mainFrame.url = toApp(url)
        this.emit('did-navigate', {}, this.mainFrame.url)
      },
      loaded: () => this.emit('did-finish-load'),
      drawn: () => {
        if (this.wasDrawn) return
        this.wasDrawn = true
        this.emit('first-paint')
      },
      crashed: () => {
        this.hasCrashed = true
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 133 })
        appState.app.emit('render-process-gone', {}, this, { reason: 'crashed', exitCode: 133 })
      },
    }
  }

  private ask(url: string, isMainFrame: boolean): boolean {
    const event = Object.assign(preventable(), { url, isMainFrame, isSameDocument: false })
    this.emit('will-frame-navigate', event)
    if (isMainFrame && !event.defaultPrevented) this.emit('will-navigate', event, url)
    return !event.defaultPrevented
  }

  /** A page of ours opened a window. Allowed ones would need a window of their own, which is not emulated. */
  opened(url: string, target: string): void {
    if (this.openHandler({ url }).action === 'allow') throw new Error('not emulated: a window opened by a page')
    void browser().devTools.send('Target.closeTarget', { targetId: target })
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }

  getURL = () => this.mainFrame.url
  getTitle = () => this.mainFrame.url
  isDestroyed = () => this.isGone
  isCrashed = () => this.hasCrashed
  isFocused = () => true
  getType = () => 'window'
  getZoomLevel = () => this.zoomLevel
  setZoomLevel = (level: number) => {
    this.zoomLevel = level
  }
  getZoomFactor = () => 1.2 ** this.zoomLevel
  setBackgroundThrottling = () => undefined

  /** Of Chromium's page, once there is one. */
  async call(method: string, params: Fields = {}): Promise<Fields> {
    const page = await this.page
    return page ? page.call(method, params) : {}
  }

  /** Runs a script in the page's own world. */
  async executeJavaScript(expression: string): Promise<unknown> {
    const { result } = await this.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    return Object(result).value
  }

  reload(): void {
    this.hasCrashed = false
    void this.page?.then((page) => page.load(toPage(this.mainFrame.url)))
  }

  forcefullyCrashRenderer(): void {
    // Chromium answers this call never, because who would answer it is gone.
    void this.call('Page.crash').catch(() => undefined)
  }

  close(): void {
    this.emit('-close')
  }

  /** The page goes with its window. */
  async end(): Promise<void> {
    if (this.isGone) return
    this.isGone = true
    this.hangWatch?.()
    const page = await this.page
    // Chromium may have closed it first.
    if (page && all.delete(page.target.id)) {
      await browser()
        .devTools.send('Target.closeTarget', { targetId: page.target.id })
        .catch(() => undefined)
    }
    this.emit('destroyed')
  }
}

function preventable() {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

/** `electron.webContents`. */
export const webContents = strict('webContents', {
  getAllWebContents: () => [...all.values()],
  fromDevToolsTargetId: (target: string) => all.get(target),
  fromId: (id: number) => [...all.values()].find((contents) => contents.id === id),
})

/** Windows that pages open are shown to the handler of the page that opened them; pages that went are forgotten. */
export function watchPages(): void {
  browser().onGone((target) => void all.get(target)?.end())
  browser().onPopup((popup) => void judgePopup(popup))
}

async function judgePopup({ id, session, opener = '' }: Target): Promise<void> {
  const { devTools } = browser()
  const { targetInfo } = await devTools.send('Target.getTargetInfo', { targetId: id })
  // Closed while it is paused, it would leave its opener waiting in `window.open` for ever.
  await devTools.send('Runtime.runIfWaitingForDebugger', {}, session)
  // Reason for the cast: the protocol's own shape of this answer.
  const { url } = targetInfo as { readonly url: string }
  all.get(opener)?.opened(toApp(url), id)
}
