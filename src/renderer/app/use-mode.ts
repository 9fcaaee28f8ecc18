import { useSyncExternalStore } from 'react'
import type { DesktopState } from '../../shared/api/desktop-schemas.ts'
import { useConsole } from '../components/console-context.ts'

const nothing = () => () => undefined

/** How this desktop reaches its service; `undefined` in a browser, and before the desktop has said so. */
export function useMode(): DesktopState['mode'] | undefined {
  const { desktop } = useConsole()
  const read = () => desktop?.state.getState().desktop?.mode
  return useSyncExternalStore(desktop?.state.subscribe ?? nothing, read, read)
}
