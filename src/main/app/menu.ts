import type { MenuItemConstructorOptions } from 'electron'
import type { ConsoleAction } from '../../shared/api/desktop-schemas.ts'

/** What the menu does. */
export interface MenuActions {
  ask(action: ConsoleAction): void
  newWindow(station: string | null): void
  zoom(step: number): void
  about(): void
  documentation(): void
  quit(): void
  /** Goes over to the version that is ready. */
  restart(): void
}

/** What the menu depends on. */
export interface MenuParts {
  readonly platform: NodeJS.Platform
  /** Stations that a window of its own can be opened for. */
  readonly stations: readonly string[]
  /** The version that is ready to be gone over to. */
  readonly update?: string | undefined
  readonly actions: MenuActions
}

type Item = MenuItemConstructorOptions

const line: Item = { type: 'separator' }

/** The application menu: everything that can be done, each thing once. */
export function menuTemplate(parts: MenuParts): Item[] {
  const isMac = parts.platform === 'darwin'
  return [
    ...(isMac ? [macMenu(parts)] : []),
    fileMenu(parts, isMac),
    { role: 'editMenu' },
    departureMenu(parts, isMac),
    viewMenu(parts),
    { role: 'windowMenu' },
    helpMenu(parts, isMac),
  ]
}

function asker({ actions }: MenuParts) {
  return (label: string, action: ConsoleAction, more: Item = {}): Item => ({
    ...{ id: action, label, click: () => actions.ask(action) },
    ...more,
  })
}

/** On a Mac, settings, about and quit belong to the menu with the program's name. */
function macMenu(parts: MenuParts): Item {
  return {
    label: 'Flightline',
    submenu: [
      aboutItem(parts),
      line,
      settingsItem(parts),
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      line,
      quitItem(parts),
    ],
  }
}

function aboutItem({ actions }: MenuParts): Item {
  return { id: 'about', label: 'About Flightline', click: () => actions.about() }
}

function settingsItem(parts: MenuParts): Item {
  return asker(parts)('Settings…', 'settings', { accelerator: 'CmdOrCtrl+,' })
}

function quitItem({ actions }: MenuParts): Item {
  return { id: 'quit', label: 'Quit Flightline…', accelerator: 'CmdOrCtrl+Q', click: () => actions.quit() }
}

function fileMenu(parts: MenuParts, isMac: boolean): Item {
  const { actions, stations } = parts
  const item = asker(parts)
  return {
    label: '&File',
    submenu: [
      { id: 'new-window', label: 'New window', accelerator: 'CmdOrCtrl+N', click: () => actions.newWindow(null) },
      {
        id: 'new-station-window',
        label: 'New window for a station',
        enabled: stations.length > 0,
        submenu: stations.map((station) => ({
          id: `station-${station}`,
          label: station,
          click: () => actions.newWindow(station),
        })),
      },
      line,
      item('Write to passengers…', 'broadcast', { accelerator: 'CmdOrCtrl+B' }),
      line,
      item('Sign out', 'sign-out'),
      { role: 'close', label: 'Close window' },
      ...(isMac ? [] : [settingsItem(parts), line, quitItem(parts)]),
    ],
  }
}

const departureItems: readonly (readonly [string, ConsoleAction, string] | undefined)[] = [
  ['Change gate', 'gate', 'G'],
  ['Set delay and reasons', 'delay', 'D'],
  ['Set estimate', 'estimate', 'E'],
  undefined,
  ['Boarding now', 'boarding', 'B'],
  ['Final call now', 'final-call', 'F'],
  ['Gate closed now', 'gate-closed', 'C'],
  ['Take back last boarding mark', 'take-back', 'K'],
  undefined,
  ['Off block', 'off-block', 'O'],
  ['Take-off', 'take-off', 'T'],
  ['Returned to stand', 'return', 'R'],
  undefined,
  ['Cancel flight', 'cancel', 'X'],
  ['Reinstate', 'reinstate', 'I'],
  ['Divert', 'divert', 'V'],
  undefined,
  ['History', 'history', 'H'],
]

/** The keys are the console's own and only shown here. A Mac would take them away from who types a gate. */
function departureMenu(parts: MenuParts, isMac: boolean): Item {
  const item = asker(parts)
  return {
    label: '&Departure',
    submenu: departureItems.map((entry) => {
      if (!entry) return line
      const [label, action, key] = entry
      return item(label, action, isMac ? {} : { accelerator: key, registerAccelerator: false })
    }),
  }
}

function viewMenu(parts: MenuParts): Item {
  const { actions } = parts
  const item = asker(parts)
  return {
    label: '&View',
    submenu: [
      item('Search', 'search', { accelerator: 'CmdOrCtrl+F' }),
      item('Go to now', 'now', { accelerator: 'CmdOrCtrl+J' }),
      item('Switch between local time and UTC', 'time', { accelerator: 'CmdOrCtrl+U' }),
      line,
      {
        label: 'Light or dark',
        submenu: [item('As the system', 'scheme-system'), item('Light', 'scheme-light'), item('Dark', 'scheme-dark')],
      },
      { id: 'zoom-in', label: 'Larger', accelerator: 'CmdOrCtrl+Plus', click: () => actions.zoom(0.5) },
      { id: 'zoom-out', label: 'Smaller', accelerator: 'CmdOrCtrl+-', click: () => actions.zoom(-0.5) },
      { id: 'zoom-reset', label: 'Normal size', accelerator: 'CmdOrCtrl+0', click: () => actions.zoom(0) },
      line,
      item('System', 'system'),
      item('Wall display', 'wall', { accelerator: 'CmdOrCtrl+Shift+W' }),
      { role: 'togglefullscreen' },
      { role: 'reload' },
    ],
  }
}

function updateItems({ update, actions }: MenuParts): Item[] {
  if (update === undefined) return []
  return [line, { id: 'restart', label: `Restart to update to ${update}`, click: () => actions.restart() }]
}

function helpMenu(parts: MenuParts, isMac: boolean): Item {
  const keys = asker(parts)('Keys of the console', 'help', { accelerator: 'F1' })
  const documentation: Item = {
    id: 'documentation',
    label: 'Documentation',
    click: () => parts.actions.documentation(),
  }
  const about = isMac ? [] : [line, aboutItem(parts)]
  return { role: 'help', label: '&Help', submenu: [keys, documentation, ...updateItems(parts), ...about] }
}
