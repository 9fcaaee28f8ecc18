import type { CommandKeeper } from '../api/command-keeper.ts'
import type { ConsoleClient } from '../api/console-client.ts'
import type { DesktopRoot } from '../api/desktop-client.ts'
import type { Credentials, Transport } from '../api/transport.ts'
import { type AnnouncementStore, createAnnouncementStore } from './announcement-store.ts'
import { type BoardStore, createBoardStore, endMarks } from './board-store.ts'
import { type ClockStore, createClockStore } from './clock-store.ts'
import { createCommandCustody } from './command-custody.ts'
import { type CommandRunner, createCommandRunner } from './command-runner.ts'
import { type CommandStore, createCommandStore } from './command-store.ts'
import { type ConnectionStore, createConnectionStore } from './connection-store.ts'
import { type DesktopSide, startDesktopSide } from './desktop-side.ts'
import { onOtherService } from './desktop-store.ts'
import { type Feed, startFeed } from './feed.ts'
import { tendQueue } from './tend-queue.ts'
import { createViewStore, type Memory, type ViewStore } from './view-store.ts'
import { createWorkbenchStore, type WorkbenchStore } from './workbench-store.ts'

/** What the host of a console provides. */
export interface ConsoleParts {
  readonly transport: Transport
  readonly keeper: CommandKeeper
  /** Main's end, where the page lives in the desktop. */
  readonly desktop?: Pick<DesktopRoot, 'desktop' | 'session'>
  readonly memory: Memory
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly random: () => number
  readonly createId: () => string
}

/** One console: its stores, and what a person can do besides looking. Everything below the shell gets it by context. */
export interface Console {
  readonly board: BoardStore
  readonly clock: ClockStore
  readonly connection: ConnectionStore
  readonly commands: CommandStore
  readonly view: ViewStore
  readonly workbench: WorkbenchStore
  readonly announcements: AnnouncementStore
  readonly runner: CommandRunner
  /** The program around the page; `undefined` in a browser. */
  readonly desktop: DesktopSide | undefined
  readonly now: () => number
  readonly createId: () => string
  /** @returns the client of the open connection; `undefined` while there is none */
  client(): ConsoleClient | undefined
  /** @throws RequestFailure */
  signIn(credentials: Credentials): Promise<void>
  signOut(): Promise<void>
  /** Tries to connect now instead of after the pause. */
  retryNow(): void
  stop(): void
}

// Marks end in steps of this many milliseconds; nobody sees the difference.
const SWEEP_EVERY = 500

/** Assembles and starts a console. */
export function createConsole(parts: ConsoleParts): Console {
  const stores = {
    board: createBoardStore(),
    clock: createClockStore(),
    connection: createConnectionStore(),
    commands: createCommandStore(),
    view: createViewStore(parts.memory),
    workbench: createWorkbenchStore(),
    announcements: createAnnouncementStore(),
  }
  const { transport, keeper, now, random, createId } = parts
  const feed = startFeed({ ...stores, transport, now, random })
  const client = () => feed.connection()?.client
  const custody = createCommandCustody(keeper)
  const owner = () => stores.connection.getState().actor?.name
  const runner = createCommandRunner({ ...stores, ...{ custody, client, owner, now, createId }, signOut: feed.signOut })
  const desktop = parts.desktop && startDesktopSide({ ...stores, root: parts.desktop, now, wake: feed.wake })
  const endTending = tendQueue({
    ...{ connection: stores.connection, runner },
    onOtherService: desktop && ((listener) => onOtherService(desktop.state, listener)),
  })
  const sweeper = setInterval(() => endMarks(stores.board, now()), SWEEP_EVERY)
  return {
    ...stores,
    ...{ runner, desktop, now, createId, client },
    async signIn(credentials) {
      await transport.signIn(credentials)
      feed.wake()
    },
    signOut: () => signOut(transport, feed),
    retryNow: feed.wake,
    stop() {
      clearInterval(sweeper)
      endTending()
      desktop?.stop()
      feed.stop()
    },
  }
}

/** A session that cannot be ended now, because nobody answers, is left on this machine all the same. */
async function signOut(transport: Transport, feed: Feed): Promise<void> {
  try {
    await transport.signOut()
    feed.signOut('')
  } catch {
    feed.signOut('The server could not be reached to end the session; it ends by itself after some hours.')
  }
}
