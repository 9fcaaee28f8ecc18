import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import type { Menu } from './menu.ts'
import { strict, strictClass } from './strict.ts'

/** What the program showed outside its windows, and what a test answers; see the README. */
export const shown: Shown = { notifications: [], trays: [], dialogs: [], answers: [], opened: [], blockers: [] }

interface Shown {
  readonly notifications: Notification[]
  readonly trays: TrayBase[]
  /** Message boxes and error boxes, newest last. */
  readonly dialogs: object[]
  /** Indices of the buttons that the next message boxes are answered with; then the cancelling one. */
  readonly answers: number[]
  /** Addresses handed to the system. */
  readonly opened: string[]
  /** Kinds of sleep that are prevented, by the id of who asked. */
  readonly blockers: string[]
}

interface NotificationOptions {
  readonly title?: string
  readonly body?: string
  readonly [name: string]: unknown
}

/** `electron.Notification`, kept for tests; they click by `emit('click')`. */
export class Notification extends EventEmitter {
  readonly title: string
  readonly body: string

  constructor({ title = '', body = '' }: NotificationOptions = {}) {
    super()
    this.title = title
    this.body = body
  }

  static isSupported = () => true

  show(): void {
    shown.notifications.push(this)
    this.emit('show')
  }

  close(): void {
    this.emit('close')
  }
}

class TrayBase extends EventEmitter {
  toolTip = ''
  menu: Menu | null = null
  image: unknown
  private isGone = false

  constructor(image: unknown) {
    super()
    this.image = image
    shown.trays.push(this)
  }

  setToolTip = (text: string) => {
    this.toolTip = text
  }
  setContextMenu = (menu: Menu | null) => {
    this.menu = menu
  }
  setImage = (image: unknown) => {
    this.image = image
  }
  isDestroyed = () => this.isGone
  destroy = () => {
    this.isGone = true
  }
}

/** `electron.Tray`, kept for tests. */
export const Tray = strictClass('Tray', TrayBase)

interface BoxOptions {
  readonly buttons?: readonly string[]
  readonly cancelId?: number
  readonly [name: string]: unknown
}

function answerBox(options: BoxOptions): number {
  shown.dialogs.push(options)
  return shown.answers.shift() ?? options.cancelId ?? 0
}

/** The options stand last; a window may stand before them. */
const optionsOf = (given: readonly unknown[]) => given.at(-1) as BoxOptions // Electron's own two forms

/** `electron.dialog`: boxes are kept, and answered by tests. */
export const dialog = strict('dialog', {
  showMessageBox: async (...given: unknown[]) => ({ response: answerBox(optionsOf(given)), checkboxChecked: false }),
  showMessageBoxSync: (...given: unknown[]) => answerBox(optionsOf(given)),
  showErrorBox(title: string, content: string) {
    shown.dialogs.push({ type: 'error', title, message: content })
    process.stderr.write(`error box: ${title}: ${content}\n`)
  },
})

/** `electron.shell`: nothing is opened. */
export const shell = strict('shell', {
  openExternal: async (url: string) => void shown.opened.push(url),
  openPath: async (path: string) => {
    shown.opened.push(path)
    return ''
  },
  beep: () => undefined,
})

function createImage(source: string) {
  const isEmpty = source === '' || (!source.startsWith('data:') && !existsSync(source))
  return { source, isEmpty: () => isEmpty, setTemplateImage: () => undefined, resize: () => createImage(source) }
}

/** `electron.nativeImage`: where an image comes from, and whether there is one. */
export const nativeImage = strict('nativeImage', {
  createFromPath: createImage,
  createFromDataURL: createImage,
  createEmpty: () => createImage(''),
})

/** `electron.nativeTheme`: the system's scheme is light until a test says otherwise. */
export const nativeTheme = strict(
  'nativeTheme',
  Object.assign(new EventEmitter(), {
    shouldUseDarkColors: false,
    themeSource: 'system',
    shouldUseHighContrastColors: false,
  }),
)

/** `electron.powerMonitor`. */
export const powerMonitor = strict('powerMonitor', Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 }))

/** `electron.powerSaveBlocker`. */
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start: (type: string) => shown.blockers.push(type) - 1,
  stop: (id: number) => delete shown.blockers[id],
  isStarted: (id: number) => shown.blockers[id] !== undefined,
})

/** `electron.autoUpdater`: there is nothing to update here. */
export const autoUpdater = strict('autoUpdater', Object.assign(new EventEmitter(), { getFeedURL: () => '' }))

/** `electron.crashReporter`. */
export const crashReporter = strict('crashReporter', { start: () => undefined })
