import type { ConsoleAction, Intent } from '../../shared/api/desktop-schemas.ts'
import { canPerform } from '../../shared/domain/role.ts'
import { announce } from '../stores/announcement-store.ts'
import type { Console } from '../stores/console.ts'

/** The part of the page itself that actions need. */
export interface PageHands {
  focusSearch(): void
  setScheme(scheme: 'auto' | 'light' | 'dark'): void
}

type Deed = (console: Console, page: PageHands) => void

/** What needs nobody signed in, and works over anything that is shown. */
const anywhere: Readonly<Partial<Record<ConsoleAction, Deed>>> = {
  settings: ({ workbench }) => workbench.setState({ isSettingUp: true }),
  time: ({ view }) => view.setState(({ timeMode }) => ({ timeMode: timeMode === 'utc' ? 'local' : 'utc' })),
  wall: toggleWall,
  'scheme-system': (_console, page) => page.setScheme('auto'),
  'scheme-light': (_console, page) => page.setScheme('light'),
  'scheme-dark': (_console, page) => page.setScheme('dark'),
}

/** What is done at the board. */
const atBoard: Readonly<Partial<Record<ConsoleAction, Deed>>> = {
  search: (_console, page) => page.focusSearch(),
  now: ({ workbench }) => workbench.setState(({ nowAsked }) => ({ nowAsked: nowAsked + 1 })),
  help: ({ workbench }) => workbench.setState({ isHelping: true }),
  'sign-out': ({ signOut }) => void signOut(),
  broadcast: openBroadcast,
  system: openSystem,
}

/** Does what the application menu, the tray or a deep link asks of this page, or says why not. */
export function carryOut(console: Console, intent: Intent, page: PageHands): void {
  if (intent.type === 'departure') showDeparture(console, intent.id)
  else deedOf(console, intent.action)(console, page)
}

function deedOf(console: Console, action: ConsoleAction): Deed {
  const deed = anywhere[action]
  if (deed) return deed
  const problem = whyNot(console)
  if (problem !== undefined) return ({ announcements }) => announce(announcements, 'problem', problem)
  // What is none of the page's is done with a row, which the board knows.
  return atBoard[action] ?? askBoard(action)
}

/** Held until there is a board, since a link may have started the program. */
function showDeparture({ workbench, announcements, desktop }: Console, id: string): void {
  if (desktop?.purpose.getState().isWall) announce(announcements, 'problem', ON_WALL)
  else workbench.setState({ asked: { kind: 'show', id } })
}

const ON_WALL = 'This window is a wall display. Press Esc to work in it.'

function whyNot({ connection, board, desktop }: Console): string | undefined {
  if (connection.getState().phase === 'signed-out') return 'Sign in first.'
  if (!board.getState().isLoaded) return 'There is no board yet; it comes as soon as the service answers.'
  return desktop?.purpose.getState().isWall ? ON_WALL : undefined
}

function askBoard(action: string): Deed {
  return ({ workbench }) => workbench.setState({ asked: { kind: 'action', action } })
}

function openBroadcast({ connection, announcements, workbench }: Console): void {
  const { actor } = connection.getState()
  if (actor && canPerform(actor.role, 'broadcast')) workbench.setState({ isBroadcasting: true })
  else announce(announcements, 'problem', 'Your role may not send broadcasts.')
}

/** Opens the page on the backend, for whom it is meant. */
export function openSystem({ connection, announcements, workbench }: Console): void {
  const { actor } = connection.getState()
  if (actor && canPerform(actor.role, 'viewSystem')) workbench.setState({ isSystemOpen: true })
  else announce(announcements, 'problem', 'Your role may not look at the system.')
}

/** A window that shows one station alone becomes that station's display. */
function toggleWall({ desktop, view }: Console): void {
  if (!desktop) return
  const { station, isWall } = desktop.purpose.getState()
  const { stations } = view.getState()
  const [only = null] = stations.length === 1 ? stations : []
  desktop.become(isWall ? { station, isWall: false } : { station: station ?? only, isWall: true })
}
