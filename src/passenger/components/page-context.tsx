import { createContext, useContext, useSyncExternalStore } from 'react'
import { operationalTime } from '../lib/operational-clock.ts'
import type { Store } from '../lib/store.ts'
import type { Page } from '../page/page.ts'

/** The page that all components belong to. */
export const PageContext = createContext<Page | undefined>(undefined)

/** The page; a component outside of one is a defect. */
export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('outside of a page')
  return page
}

/** Follows a store. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get)
}

/** The operational time, to a few seconds. */
export function useOperationalNow(): number {
  const { clock, now } = usePage()
  return operationalTime(useStore(clock), useStore(now))
}
