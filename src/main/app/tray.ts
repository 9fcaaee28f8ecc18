import { join } from 'node:path'
import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron'
import type { TrayView } from './describe-tray.ts'

/** The slice of Electron that a tray needs. */
export interface TrayElectron {
  readonly createTray: (
    image: NativeImage,
  ) => Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>
  readonly buildMenu: (template: MenuItemConstructorOptions[]) => Menu
  readonly readImage: (path: string) => NativeImage
}

/** What the tray's menu does. */
export interface TrayActions {
  open(): void
  newWindow(): void
  quit(): void
}

/** The program's place in the system's tray. */
export interface ConsoleTray {
  show(view: TrayView): void
  close(): void
}

/** @param folder - of the icons */
export function createConsoleTray(electron: TrayElectron, folder: string, actions: TrayActions): ConsoleTray {
  const images = { ok: imageOf('ok'), warn: imageOf('warn'), lost: imageOf('lost') }
  function imageOf(name: TrayView['icon']): NativeImage {
    return electron.readImage(join(folder, `tray-${name}.png`))
  }
  const tray = electron.createTray(images.warn)
  tray.on('click', () => actions.open())
  let shown: TrayView | undefined
  return {
    show(view) {
      if (JSON.stringify(view) === JSON.stringify(shown)) return
      shown = view
      tray.setImage(images[view.icon])
      tray.setToolTip(view.toolTip)
      tray.setContextMenu(electron.buildMenu(trayMenu(view, actions)))
    },
    close: () => tray.destroy(),
  }
}

function trayMenu({ lines }: TrayView, { open, newWindow, quit }: TrayActions): MenuItemConstructorOptions[] {
  return [
    ...lines.map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    { id: 'tray-open', label: 'Open Flightline', click: () => open() },
    { id: 'tray-new-window', label: 'New window', click: () => newWindow() },
    { type: 'separator' },
    { id: 'tray-quit', label: 'Quit Flightline…', click: () => quit() },
  ]
}
