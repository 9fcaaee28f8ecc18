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

/** Calls back when the desktop has gone over to another service. @returns the end of the subscription */
export function onOtherService(store: DesktopStore, listener: () => void): () => void {
  let last = store.getState().desktop?.service
  return store.subscribe(({ desktop }) => {
    const service = desktop?.service
    if (!service || service === last) return
    const isOther = last !== undefined && last !== null
    last = service
    if (isOther) listener()
  })
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
