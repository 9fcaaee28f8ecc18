import { RequestError } from '../api/request.ts'
import { createStore, type Store } from '../lib/store.ts'

/** How far the button of a mail's link has come. */
export type LinkState =
  | { readonly phase: 'ready' | 'sending' | 'unknown' | 'failed' }
  | { readonly phase: 'done'; readonly flightId: string }

/** Confirms or ends e-mails; only ever by a person's press of the button. */
export interface LinkAction {
  readonly state: Store<LinkState>
  press(): Promise<void>
}

/** Makes the action of one link. @param act - sends the token to the server */
export function createLinkAction(act: () => Promise<{ readonly flightId: string }>): LinkAction {
  const state = createStore<LinkState>({ phase: 'ready' })
  return {
    state,
    async press() {
      if (state.get().phase === 'sending') return
      state.set({ phase: 'sending' })
      try {
        const { flightId } = await act()
        state.set({ phase: 'done', flightId })
      } catch (error) {
        // A token that does not even have the form of one is as unknown as one that has ended.
        const isUnknown = error instanceof RequestError && /^FL_(SUBSCRIPTION_UNKNOWN|BAD_REQUEST)$/.test(error.code)
        state.set({ phase: isUnknown ? 'unknown' : 'failed' })
      }
    },
  }
}
