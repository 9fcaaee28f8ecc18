import { useSyncExternalStore } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import type { DesktopState } from '../../shared/api/desktop-schemas.ts'
import { useConsole } from '../components/console-context.ts'
import type { DesktopSide } from '../stores/desktop-side.ts'

const nothing = () => () => undefined

/** How this desktop reaches its service; `undefined` in a browser, and before the desktop has said so. */
export function useMode(): DesktopState['mode'] | undefined {
  const { desktop } = useConsole()
  return useOptional(desktop?.state, (state) => state.desktop?.mode)
}

/** The desktop of a window that is a display on the wall. */
export function useWall(): DesktopSide | undefined {
  const { desktop } = useConsole()
  return useOptional(desktop?.purpose, ({ isWall }) => isWall) ? desktop : undefined
}

function useOptional<State, Slice>(
  store: StoreApi<State> | undefined,
  select: (state: State) => Slice,
): Slice | undefined {
  const read = () => store && select(store.getState())
  return useSyncExternalStore(store?.subscribe ?? nothing, read, read)
}
