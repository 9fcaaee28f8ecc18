import { appState } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { strict } from './strict.ts'

interface ItemOptions {
  readonly id?: string
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly accelerator?: string
  readonly enabled?: boolean
  readonly visible?: boolean
  readonly checked?: boolean
  readonly submenu?: readonly ItemOptions[] | Menu
  readonly click?: (item: MenuItem, window: BrowserWindow | undefined, event: object) => void
  readonly [name: string]: unknown
}

/** What items do by their role, as far as a test clicks them. */
const roles: Readonly<Record<string, (window: BrowserWindow | null) => void>> = {
  quit: () => appState.app.quit(),
  close: (window) => window?.close(),
  minimize: (window) => window?.minimize(),
  reload: (window) => window?.reload(),
  togglefullscreen: (window) => window?.setFullScreen(!window.isFullScreen()),
}

/** `electron.MenuItem`, as data. */
export class MenuItem {
  readonly id: string | undefined
  readonly label: string
  readonly role: string | undefined
  readonly type: string
  readonly accelerator: string | undefined
  readonly submenu: Menu | undefined
  enabled: boolean
  visible: boolean
  checked: boolean
  private readonly options: ItemOptions

  constructor(options: ItemOptions) {
    this.options = options
    this.id = options.id
    this.label = options.label ?? options.role ?? ''
    this.role = options.role?.toLowerCase()
    this.accelerator = options.accelerator
    this.submenu =
      options.submenu && (options.submenu instanceof Menu ? options.submenu : Menu.buildFromTemplate(options.submenu))
    this.type = options.type ?? (this.submenu ? 'submenu' : 'normal')
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
  }

  click(): void {
    if (!this.enabled) return
    const window = BrowserWindow.getFocusedWindow()
    if (this.options.click) {
      this.options.click(this, window ?? undefined, {})
      return
    }
    const act = this.role === undefined ? undefined : roles[this.role]
    if (!act) throw new Error(`not emulated: a click on the role ${this.role}`)
    act(window)
  }
}

const application: { menu: Menu | null } = { menu: null }

/** `electron.Menu`, as data. */
export class Menu {
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: readonly ItemOptions[]): Menu {
    const menu = strict('Menu', new Menu())
    for (const options of template) menu.append(new MenuItem(options))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    application.menu = menu
  }

  static getApplicationMenu = () => application.menu

  append(item: MenuItem): void {
    this.items.push(item)
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}
