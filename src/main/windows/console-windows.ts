import type { BrowserWindow } from 'electron'
import type { Intent, WindowPurpose } from '../../shared/api/desktop-schemas.ts'
import { dress, loadConsole, makeConsoleWindow, type WindowMaking } from './console-window.ts'
import { createIntentQueue, type IntentQueue } from './intent-queue.ts'
import { type RecoveryParts, recoverPage } from './recover-page.ts'
import { type Display, placeWindow, type WindowState } from './window-state.ts'
import type { WindowsContent, WindowsFile } from './windows-file.ts'

/** What windows are kept with. */
export interface ConsoleWindowsParts extends WindowMaking {
  readonly file: WindowsFile
  /** The primary one first. */
  readonly displays: () => readonly Display[]
  readonly displayOf: (window: BrowserWindow) => number
  readonly recovery: RecoveryParts
  /** Told whether a wall display is open, whenever windows or what they are for change. */
  readonly wallIsOpen: (isOpen: boolean) => void
}

/** The console's windows. A `page` is the id of a window's `webContents`. */
export interface ConsoleWindows {
  /** Opens the windows that were open when the desktop ended, or a first one. */
  restore(): Promise<void>
  /** Opens one more. */
  open(purpose?: WindowPurpose): Promise<void>
  /** Brings a window to the front, and opens one when there is none. */
  focus(): Promise<void>
  /** Asks something of the window in front, or of the one that was there last; opens one when there is none. */
  ask(intent: Intent): Promise<void>
  /** Makes everything in all windows larger or smaller, by Chromium's levels; 0 sets it back. */
  zoom(step: number): void
  intents(page: number, signal: AbortSignal): AsyncIterable<Intent>
  purpose(page: number): WindowPurpose
  become(page: number, purpose: WindowPurpose): void
  isAnyFocused(): boolean
  /** Whether a page is in one of these windows. */
  has(page: number): boolean
  count(): number
  /** @returns the end of the subscription */
  onClosed(listener: (page: number) => void): () => void
  /** Whether the person knows that closing windows stops nothing; the first call says no. */
  wasTold(): boolean
  /** From now on windows that close come back, because it is the desktop that ends. */
  freeze(): void
  /** Resolves when what is to come back is on disk. */
  remembered(): Promise<void>
}

interface Open {
  readonly window: BrowserWindow
  readonly queue: IntentQueue
  purpose: WindowPurpose
  bounds: WindowState['bounds']
}

interface State {
  readonly parts: ConsoleWindowsParts
  /** The one that was in front last stands last. */
  readonly open: Map<number, Open>
  readonly closedListeners: Set<(page: number) => void>
  content: WindowsContent
  /** Windows as they were when the last of them was closed. */
  left: readonly WindowState[]
  isEnding: boolean
}

const everything: WindowPurpose = { station: null, isWall: false }

/** Keeps windows; none is open before {@link ConsoleWindows.restore}. */
export async function createConsoleWindows(parts: ConsoleWindowsParts): Promise<ConsoleWindows> {
  const content = await parts.file.read()
  const state: State = {
    parts,
    open: new Map(),
    closedListeners: new Set(),
    content,
    left: content.windows,
    isEnding: false,
  }
  const entry = (page: number) => state.open.get(page)
  return {
    restore: () => restore(state),
    open: (purpose = everything) => openOne(state, { purpose }),
    focus: () => focus(state),
    async ask(intent) {
      if (state.open.size === 0) await restore(state)
      const target = front(state)
      target?.queue.push(intent)
      if (target) bringToFront(target.window)
    },
    zoom: (step) => zoom(state, step),
    intents: (page, signal) => entry(page)?.queue.take(signal) ?? createIntentQueue().take(AbortSignal.abort()),
    purpose: (page) => entry(page)?.purpose ?? everything,
    become: (page, purpose) => become(state, page, purpose),
    isAnyFocused: () => [...state.open.values()].some(({ window }) => window.isFocused()),
    has: (page) => state.open.has(page),
    count: () => state.open.size,
    onClosed(listener) {
      state.closedListeners.add(listener)
      return () => state.closedListeners.delete(listener)
    },
    wasTold() {
      const { wasTold } = state.content
      state.content = { ...state.content, wasTold: true }
      changed(state)
      return wasTold
    },
    freeze() {
      changed(state)
      state.isEnding = true
    },
    remembered: () => parts.file.flush(),
  }
}

async function restore(state: State): Promise<void> {
  if (state.open.size > 0) return focus(state)
  const windows = state.left.length > 0 ? state.left : [{ purpose: everything }]
  await Promise.all(windows.map((saved) => openOne(state, saved)))
}

async function focus(state: State): Promise<void> {
  const target = front(state)
  if (target) bringToFront(target.window)
  else await restore(state)
}

function front({ open }: State): Open | undefined {
  const all = [...open.values()]
  return all.find(({ window }) => window.isFocused()) ?? all.at(-1)
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

async function openOne(state: State, saved: Partial<WindowState> & Pick<WindowState, 'purpose'>): Promise<void> {
  const { parts } = state
  const { purpose, display = -1, bounds = {}, isMaximized = false, isFullScreen = purpose.isWall } = saved
  const window = makeConsoleWindow(parts, {
    bounds: placeWindow({ display, bounds }, parts.displays()),
    ...{ isMaximized, isFullScreen, purpose },
  })
  const page = window.webContents.id
  state.open.set(page, { window, queue: createIntentQueue(), purpose, bounds })
  const load = () => loadConsole(window, parts.recovery.logger)
  recoverPage(window, parts.recovery, load)
  for (const event of ['resize', 'move', 'maximize', 'unmaximize', 'enter-full-screen', 'leave-full-screen'] as const) {
    // Reason for the cast: Electron has one overload for each of these names and none for their union.
    window.on(event as 'resize', () => moved(state, page))
  }
  window.on('focus', () => toFront(state, page))
  window.on('closed', () => closed(state, page))
  window.webContents.on('did-finish-load', () => window.webContents.setZoomLevel(state.content.zoomLevel))
  changed(state)
  await load()
}

/** Bounds that a window has while it is maximised or full are not its own. */
function moved(state: State, page: number): void {
  const entry = state.open.get(page)
  if (!entry || entry.window.isDestroyed()) return
  const display = state.parts.displayOf(entry.window)
  entry.bounds = { ...entry.bounds, [display]: entry.window.getNormalBounds() }
  changed(state)
}

function toFront({ open }: State, page: number): void {
  const entry = open.get(page)
  if (!entry) return
  open.delete(page)
  open.set(page, entry)
}

/** The last window that is closed comes back as it was; one that is closed beside others does not. */
function closed(state: State, page: number): void {
  state.open.delete(page)
  if (state.open.size > 0) changed(state)
  else state.parts.wallIsOpen(false)
  for (const listener of state.closedListeners) listener(page)
}

function become(state: State, page: number, purpose: WindowPurpose): void {
  const entry = state.open.get(page)
  if (!entry) return
  const { isWall } = entry.purpose
  entry.purpose = purpose
  dress(entry.window, purpose)
  if (isWall !== purpose.isWall) entry.window.setFullScreen(purpose.isWall)
  changed(state)
}

function zoom(state: State, step: number): void {
  const { zoomLevel } = state.content
  state.content = { ...state.content, zoomLevel: step === 0 ? 0 : Math.max(-3, Math.min(5, zoomLevel + step)) }
  for (const { window } of state.open.values()) window.webContents.setZoomLevel(state.content.zoomLevel)
  changed(state)
}

function changed(state: State): void {
  if (state.isEnding) return
  state.parts.wallIsOpen([...state.open.values()].some(({ purpose }) => purpose.isWall))
  if (state.open.size > 0) state.left = [...state.open.values()].map((entry) => stateOf(state.parts, entry))
  state.content = { ...state.content, windows: [...state.left] }
  state.parts.file.changed(() => state.content)
}

function stateOf({ displayOf }: ConsoleWindowsParts, { window, purpose, bounds }: Open): WindowState {
  return {
    purpose,
    display: displayOf(window),
    bounds: { ...bounds, [displayOf(window)]: window.getNormalBounds() },
    isMaximized: window.isMaximized(),
    isFullScreen: window.isFullScreen(),
  }
}
