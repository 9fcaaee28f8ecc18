/** One line of the help: keys and what they do. */
interface Shortcut {
  readonly keys: readonly string[]
  readonly does: string
}

/** A group of shortcuts. */
export interface ShortcutGroup {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

/** All keys of the console, as the help lists them. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Anywhere',
    shortcuts: [
      { keys: ['/'], does: 'Search' },
      { keys: ['n'], does: 'Go to now' },
      { keys: ['u'], does: 'Switch between local time and UTC' },
      { keys: ['s'], does: 'How the system is doing (supervisors)' },
      { keys: ['?'], does: 'This help' },
      { keys: ['Esc'], does: 'Close, give up an edit, or leave the wall display' },
    ],
  },
  {
    title: 'On the board',
    shortcuts: [
      { keys: ['←', '↑', '→', '↓'], does: 'Move' },
      { keys: ['letters or digits'], does: 'On a gate: type the new gate; Enter or Tab sends it' },
      { keys: ['digits'], does: 'On delay or estimate: open the editor with what was typed' },
      { keys: ['Enter'], does: 'Edit gate, delay or estimate; elsewhere open the menu of the row' },
      { keys: ['Space'], does: 'Tick the row' },
      { keys: ['Shift', 'F10'], does: 'Menu of the row' },
    ],
  },
  {
    title: 'On a row, but not on its gate',
    shortcuts: [
      { keys: ['g'], does: 'Change gate' },
      { keys: ['d'], does: 'Set delay and reasons' },
      { keys: ['e'], does: 'Set estimate' },
      { keys: ['b', 'f', 'c'], does: 'Boarding, final call, gate closed' },
      { keys: ['k'], does: 'Take back the last boarding mark' },
      { keys: ['o', 't', 'r'], does: 'Off block, take-off, returned to stand' },
      { keys: ['x', 'i', 'v'], does: 'Cancel, reinstate, divert' },
      { keys: ['h'], does: 'History' },
    ],
  },
  {
    title: 'In an editor',
    shortcuts: [
      { keys: ['Enter'], does: 'Save' },
      { keys: ['Ctrl', 'Enter'], does: 'Save from any field' },
      { keys: ['45', '+45'], does: 'Minutes after schedule' },
      { keys: ['1450', '1950Z', '1450L'], does: 'A time: as the board shows, UTC, local' },
    ],
  },
]
