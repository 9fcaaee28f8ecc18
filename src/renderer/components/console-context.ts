import { createContext, useContext, useSyncExternalStore } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { StoreApi } from 'zustand/vanilla'
import type { Console } from '../stores/console.ts'

/** Carries the one console of this page. */
export const ConsoleContext = createContext<Console | undefined>(undefined)

/** The console of this page. */
export function useConsole(): Console {
  const console = useContext(ConsoleContext)
  if (!console) throw new Error('This component stands outside the console.')
  return console
}

/** A part of a store; the component is drawn again only when a member of that part changes. */
export function useSlice<State, Slice>(store: StoreApi<State>, select: (state: State) => Slice): Slice {
  const pick = useShallow(select)
  const read = () => pick(store.getState())
  // Not zustand's own hook: drawn without a browser, as tests do, that one shows a store's first state for ever.
  return useSyncExternalStore(store.subscribe, read, read)
}
