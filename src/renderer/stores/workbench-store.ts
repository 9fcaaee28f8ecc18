import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Departure } from '../../shared/domain/departure.ts'
import type { DepartureId } from '../../shared/domain/departure-id.ts'
import type { EditorKind } from '../lib/departure-actions.ts'

/** Where on the screen something was asked for, in pixels of the window. */
export interface Anchor {
  readonly left: number
  readonly top: number
  readonly bottom: number
}

/** An editor that is open over the board. */
export interface OpenEditor {
  readonly kind: EditorKind
  /** The departure as it was when the person began: the revision their command will carry. */
  readonly base: Departure
  readonly anchor: Anchor
  /** What was typed to open it. */
  readonly typed: string
}

/** What is asked of the board from outside it; kept until there is a board to do it. */
export type BoardRequest =
  | { readonly kind: 'show'; readonly id: DepartureId }
  /** On the row that has the focus, or the one that is ticked. */
  | { readonly kind: 'action'; readonly action: string }

/** What is open besides the board. One editor at a time; a drawer or a dialogue may lie over it. */
export interface WorkbenchState {
  readonly editor: OpenEditor | undefined
  readonly menu: { readonly id: DepartureId; readonly anchor: Anchor } | undefined
  readonly history: DepartureId | undefined
  readonly isBroadcasting: boolean
  readonly isHelping: boolean
  readonly isQueueOpen: boolean
  readonly isSystemOpen: boolean
  /** The settings of the desktop; a browser has none. */
  readonly isSettingUp: boolean
  readonly asked: BoardRequest | undefined
  /** Rises each time somebody wants to see what leaves now. */
  readonly nowAsked: number
}

/** The store of the workbench. */
export type WorkbenchStore = StoreApi<WorkbenchState>

/** Nothing open. */
export function createWorkbenchStore(): WorkbenchStore {
  return createStore<WorkbenchState>()(() => ({
    editor: undefined,
    menu: undefined,
    history: undefined,
    isBroadcasting: false,
    isHelping: false,
    isQueueOpen: false,
    isSystemOpen: false,
    isSettingUp: false,
    asked: undefined,
    nowAsked: 0,
  }))
}
