import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DesktopState } from '../../shared/api/desktop-schemas.ts'
import type { DesktopClient } from '../api/desktop-client.ts'
import { followStream } from '../api/follow-stream.ts'

/** The state of the program around this page; `undefined` before it was told. */
export type DesktopStore = StoreApi<{ readonly desktop: DesktopState | undefined }>

/** A store that keeps itself up until it is stopped. */
export interface FollowedDesktop {
  readonly store: DesktopStore
  stop(): void
}

/** Follows the state of the desktop, through losses of the port. */
export function followDesktop({ state }: Pick<DesktopClient, 'state'>): FollowedDesktop {
  const store: DesktopStore = createStore(() => ({ desktop: undefined }))
  const stop = followStream(
    (signal) => state.watch(undefined, { signal }),
    (desktop) => store.setState({ desktop }),
  )
  return { store, stop }
}
