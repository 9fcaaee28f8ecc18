import type { ContractRouterClient } from '@orpc/contract'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DesktopContract } from '../../shared/api/desktop-contract.ts'
import type { DesktopState } from '../../shared/api/desktop-schemas.ts'

/** The state of the program around this page; `undefined` before it was told. */
export type DesktopStore = StoreApi<{ readonly desktop: DesktopState | undefined }>

/** A store that keeps itself up until it is stopped. */
export interface FollowedDesktop {
  readonly store: DesktopStore
  stop(): void
}

/** Main answers at once or is about to be gone; between two attempts a page waits this long. */
const RETRY_AFTER = 1_000

/** Follows the state of the desktop, through losses of the port. */
export function followDesktop(client: Pick<ContractRouterClient<DesktopContract>, 'state'>): FollowedDesktop {
  const store: DesktopStore = createStore(() => ({ desktop: undefined }))
  const ending = new AbortController()
  void keepUp(client, store, ending.signal)
  return { store, stop: () => ending.abort() }
}

async function keepUp(
  client: Pick<ContractRouterClient<DesktopContract>, 'state'>,
  store: DesktopStore,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const desktop of await client.state.watch(undefined, { signal })) store.setState({ desktop })
    } catch {
      // What the port was lost by is told by the feed; here it is enough to come back.
      if (signal.aborted) return
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER))
  }
}
