import { createStore, type StoreApi } from 'zustand/vanilla'
import type { WindowPurpose } from '../../shared/api/desktop-schemas.ts'
import type { DesktopClient, DesktopRoot } from '../api/desktop-client.ts'
import type { BoardStore } from './board-store.ts'
import type { ClockStore } from './clock-store.ts'
import type { CommandStore } from './command-store.ts'
import type { ConnectionStore } from './connection-store.ts'
import { type DesktopStore, followDesktop } from './desktop-store.ts'
import { recallBoard } from './recall.ts'
import { reportAttention } from './report-attention.ts'
import type { ViewStore } from './view-store.ts'

/** What this window is for. */
export type PurposeStore = StoreApi<WindowPurpose>

/** The program around a page. A page in a browser has none. */
export interface DesktopSide {
  readonly client: DesktopClient
  /** The same object at every reading, as components need it. */
  readonly settings: DesktopClient['settings']
  readonly state: DesktopStore
  readonly purpose: PurposeStore
  /** Gives the window another purpose, which it has after a restart too. */
  become(purpose: WindowPurpose): void
  stop(): void
}

/** What the desktop's side works on. */
export interface DesktopSideParts {
  readonly root: Pick<DesktopRoot, 'desktop' | 'session'>
  readonly board: BoardStore
  readonly clock: ClockStore
  readonly connection: ConnectionStore
  readonly commands: CommandStore
  readonly view: ViewStore
  readonly now: () => number
  /** Goes on after somebody has signed in. */
  readonly wake: () => void
}

/** How often a signed-out window looks whether somebody has signed in at another one, in milliseconds. */
export const LOOK_EVERY = 2_000

/** Starts what only a page in the desktop does. */
export function startDesktopSide(parts: DesktopSideParts): DesktopSide {
  const { root, view } = parts
  const client = root.desktop
  const purpose: PurposeStore = createStore(() => ({ station: null, isWall: false }))
  const { store: state, stop } = followDesktop(client)
  const ends = [stop, reportAttention({ ...parts, attention: client.attention }), watchSignIn(parts)]
  void recallBoard({ ...parts, desktop: client })
  void readPurpose(client, purpose, view)
  return {
    ...{ client, settings: client.settings, state, purpose },
    become(next) {
      purpose.setState(next)
      // A window that main cannot be told about is about to be gone.
      client.windows.become(next).catch(() => undefined)
    },
    stop() {
      for (const end of ends) end()
    },
  }
}

async function readPurpose(client: DesktopClient, purpose: PurposeStore, view: ViewStore): Promise<void> {
  const read = await client.windows.purpose().catch(() => undefined)
  if (!read) return
  purpose.setState(read)
  if (read.station !== null) view.setState({ stations: [read.station] })
}

/** A desktop has one person, whichever of its windows they signed in at. */
function watchSignIn({ root, connection, wake }: DesktopSideParts): () => void {
  const timer = setInterval(() => {
    if (connection.getState().phase !== 'signed-out') return
    root.session.current().then(
      (actor) => {
        if (actor && connection.getState().phase === 'signed-out') wake()
      },
      // Nobody answers, so nobody has signed in.
      () => undefined,
    )
  }, LOOK_EVERY)
  return () => clearInterval(timer)
}
