import type { EditorKind } from '../../lib/departure-actions.ts'

/** A key pressed on a cell of the board. */
export interface CellKey {
  readonly column: string
  readonly key: string
  readonly shiftKey: boolean
  /** Control, Alt or Command: then the key belongs to the browser or the grid. */
  readonly hasModifier: boolean
  /** The cell takes typed text by itself, as the gate does. */
  readonly isEditable: boolean
}

/** What a key on a cell means. */
export type KeyIntent =
  | { readonly kind: 'editor'; readonly editor: EditorKind; readonly typed: string }
  | { readonly kind: 'action'; readonly key: string }
  | { readonly kind: 'menu' }

/** Columns whose cells open an editor of their own over the board. */
const editors: Readonly<Record<string, EditorKind | undefined>> = { delay: 'delay', estimate: 'estimate' }

/**
 * What a key pressed on a cell means: digits begin the cell's own editor, letters choose an action of the row, Enter
 * edits what can be edited and opens the menu elsewhere.
 */
export function keyIntent(pressed: CellKey): KeyIntent | undefined {
  const { column, key, shiftKey, hasModifier, isEditable } = pressed
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { kind: 'menu' }
  if (hasModifier || isEditable) return undefined
  const editor = editors[column]
  const typed = typedInto(key)
  if (typed !== undefined && editor) return { kind: 'editor', editor, typed }
  if (typed === '') return { kind: 'menu' }
  return /^[a-z]$/.test(key) ? { kind: 'action', key } : undefined
}

/** What a key puts into an editor that it opens; `undefined` for a key that opens none. */
function typedInto(key: string): string | undefined {
  if (key === 'Enter' || key === 'F2') return ''
  return /^[0-9+]$/.test(key) ? key : undefined
}
