import { EventEmitter } from 'node:events'
import { appState, preventable } from './app.ts'
import { displayMatching, type Rectangle } from './screen.ts'
import { strict, strictClass } from './strict.ts'
import { WebContents } from './web-contents.ts'

interface Preferences {
  readonly preload?: string
  readonly [name: string]: unknown
}

interface Options extends Partial<Rectangle> {
  readonly title?: string
  readonly show?: boolean
  readonly fullscreen?: boolean
  readonly webPreferences?: Preferences
}

/** What this stand-in emulates; a window that asks for anything else would be another window than the real one. */
const emulated: Readonly<Record<string, unknown>> = {
  ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true },
}

const all: BrowserWindowBase[] = []
const focus: { window: BrowserWindowBase | undefined } = { window: undefined }
let lastId = 0

class BrowserWindowBase extends EventEmitter {
  readonly id = ++lastId
  readonly webContents: WebContents
  private bounds: Rectangle
  private title: string
  private isGone = false
  private readonly is = { visible: false, minimized: false, maximized: false, fullScreen: false }

  constructor(options: Options = {}) {
    super()
    const preferences = options.webPreferences ?? {}
    for (const [name, value] of Object.entries(emulated)) {
      if ((preferences[name] ?? value) !== value) throw new Error(`not emulated: webPreferences.${name}`)
    }
    const area = displayMatching({ x: 0, y: 0, width: 1, height: 1 }).workArea
    const { width = 800, height = 600, x = area.x, y = area.y } = options
    this.bounds = { x, y, width, height }
    this.title = options.title ?? 'Electron'
    this.webContents = WebContents.create(preferences.preload ?? refuse('a window without preload'))
    all.push(this)
    this.hearContents()
    appState.app.emit('browser-window-created', {}, guarded(this))
    if (options.fullscreen) this.is.fullScreen = true
    if (options.show !== false) queueMicrotask(() => this.show())
  }

  static getAllWindows = () => all.map(guarded)
  static getFocusedWindow = () => (focus.window ? guarded(focus.window) : null)
  static fromWebContents = (contents: WebContents) => find((window) => window.webContents.id === contents.id)
  static fromId = (id: number) => find((window) => window.id === id)

  private hearContents(): void {
    this.webContents.on('page-title-updated', (event: ReturnType<typeof preventable>, title: string) => {
      this.emit('page-title-updated', event, title, true)
      if (!event.defaultPrevented) this.title = title
    })
    this.webContents.once('first-paint', () => this.emit('ready-to-show'))
    this.webContents.on('-close', () => this.close())
    for (const name of ['unresponsive', 'responsive']) this.webContents.on(name, () => this.emit(name))
  }

  async loadURL(url: string): Promise<void> {
    const { width, height } = this.bounds
    await this.webContents.loadURL(url, { width, height })
    this.fit()
  }

  private fit(): void {
    const area = this.is.maximized || this.is.fullScreen ? displayMatching(this.bounds).workArea : this.bounds
    const metrics = { width: area.width, height: area.height, deviceScaleFactor: 0, mobile: false }
    // A window that is being closed has no page to fit.
    this.webContents.call('Emulation.setDeviceMetricsOverride', metrics).catch(() => undefined)
  }

  show(): void {
    if (!this.is.visible) this.emit('show')
    this.is.visible = true
    this.focus()
  }

  showInactive = () => {
    this.is.visible = true
  }

  hide(): void {
    this.is.visible = false
    this.blur()
    this.emit('hide')
  }

  focus(): void {
    const before = focus.window
    if (before?.id === this.id) return
    focus.window = this
    before?.emit('blur')
    this.emit('focus')
    appState.app.emit('browser-window-focus', {}, this)
  }

  blur(): void {
    if (focus.window?.id !== this.id) return
    focus.window = undefined
    this.emit('blur')
    appState.app.emit('browser-window-blur', {}, this)
  }

  isFocused = () => focus.window?.id === this.id
  isVisible = () => this.is.visible && !this.is.minimized
  isMinimized = () => this.is.minimized
  isMaximized = () => this.is.maximized
  isFullScreen = () => this.is.fullScreen
  isDestroyed = () => this.isGone
  isEnabled = () => true
  getTitle = () => this.title
  setTitle = (title: string) => {
    this.title = title
  }
  getNormalBounds = () => ({ ...this.bounds })
  setMenuBarVisibility = () => undefined
  setAutoHideMenuBar = () => undefined
  setBackgroundColor = () => undefined
  setOverlayIcon = () => undefined
  setProgressBar = () => undefined
  flashFrame = () => undefined
  setAlwaysOnTop = () => undefined
  moveTop = () => undefined

  getBounds(): Rectangle {
    return this.is.maximized || this.is.fullScreen ? { ...displayMatching(this.bounds).workArea } : { ...this.bounds }
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.bounds
    this.bounds = { ...before, ...bounds }
    if (before.x !== this.bounds.x || before.y !== this.bounds.y) this.emit('move')
    if (before.width !== this.bounds.width || before.height !== this.bounds.height) this.emit('resize')
    this.fit()
  }

  minimize = () => this.become('minimized', true, 'minimize')
  restore = () => this.become('minimized', false, 'restore')
  maximize = () => this.become('maximized', true, 'maximize')
  unmaximize = () => this.become('maximized', false, 'unmaximize')
  setFullScreen = (isFull: boolean) =>
    this.become('fullScreen', isFull, isFull ? 'enter-full-screen' : 'leave-full-screen')

  private become(what: 'minimized' | 'maximized' | 'fullScreen', value: boolean, event: string): void {
    if (this.is[what] === value) return
    this.is[what] = value
    this.fit()
    this.emit(event)
    this.emit('resize')
  }

  close(): void {
    if (this.isGone) return
    const event = preventable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.isGone) return
    this.isGone = true
    all.splice(
      all.findIndex(({ id }) => id === this.id),
      1,
    )
    if (focus.window?.id === this.id) focus.window = undefined
    // The page may have gone by itself.
    this.webContents.end().catch(() => undefined)
    this.emit('closed')
    if (all.length === 0 && appState.app.listenerCount('window-all-closed') === 0) appState.app.quit()
    else if (all.length === 0 && !appState.isQuitting()) appState.app.emit('window-all-closed')
  }

  reload = () => this.webContents.reload()
}

/** `electron.BrowserWindow`: a real page, and the book-keeping of a window around it. */
export const BrowserWindow = strictClass('BrowserWindow', BrowserWindowBase)
/** An instance of it. */
export type BrowserWindow = BrowserWindowBase

function guarded(window: BrowserWindowBase): BrowserWindowBase {
  return strict('BrowserWindow', window)
}

function find(matches: (window: BrowserWindowBase) => boolean): BrowserWindowBase | null {
  const found = all.find(matches)
  return found ? guarded(found) : null
}

function refuse(what: string): never {
  throw new Error(`not emulated: ${what}`)
}

appState.windows.all = () => all.map(guarded)
