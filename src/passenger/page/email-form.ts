import type { EmailRequest } from '../api/flights-api.ts'
import { RequestError } from '../api/request.ts'
import { createStore, type Store } from '../lib/store.ts'
import type { WordKey } from '../lib/text.ts'

/** How far a request to be written to has come. */
export type EmailState =
  | { readonly phase: 'idle' | 'sending' }
  | { readonly phase: 'sent'; readonly email: string }
  | { readonly phase: 'failed'; readonly problem: WordKey }

/** The form under a flight. */
export interface EmailForm {
  readonly state: Store<EmailState>
  send(request: EmailRequest): Promise<void>
  /** Another flight came on the page. */
  reset(): void
}

const problems: Readonly<Record<string, WordKey>> = {
  FL_BAD_REQUEST: 'email.invalid',
  FL_RATE_LIMITED: 'email.limited',
}

/** Makes the form. @param submit - hands the request to the server, which writes to nobody before a confirmation */
export function createEmailForm(submit: (request: EmailRequest) => Promise<unknown>): EmailForm {
  const state = createStore<EmailState>({ phase: 'idle' })
  return {
    state,
    reset: () => state.set({ phase: 'idle' }),
    async send(request) {
      if (state.get().phase === 'sending') return
      state.set({ phase: 'sending' })
      try {
        await submit(request)
        state.set({ phase: 'sent', email: request.email })
      } catch (error) {
        const code = error instanceof RequestError ? error.code : ''
        state.set({ phase: 'failed', problem: problems[code] ?? 'email.failed' })
      }
    },
  }
}
