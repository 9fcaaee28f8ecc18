import type { LinkAction, LinkState } from '../page/link-action.ts'
import { usePage, useStore } from './page-context.tsx'
import { PageLinkTo } from './page-link-to.tsx'

type Kind = 'confirm' | 'unsubscribe'

/** Where a mail's link leads: a button, because programs that look at mails open links too. */
export function LinkView({ kind }: { readonly kind: Kind }) {
  const { linkAction, text } = usePage()
  return (
    <section id={kind} className="panel link">
      <h1>{text.say(`link.${kind}.heading`)}</h1>
      {linkAction && <Action kind={kind} action={linkAction} />}
    </section>
  )
}

function Action({ kind, action }: { readonly kind: Kind; readonly action: LinkAction }) {
  const { text } = usePage()
  const state = useStore(action.state)
  const isOpen = state.phase === 'ready' || state.phase === 'sending' || state.phase === 'failed'
  return (
    <>
      <p role="status">{messageOf(kind, state, text)}</p>
      {isOpen && (
        <button
          type="button"
          className="button"
          disabled={state.phase === 'sending'}
          onClick={() => void action.press()}
        >
          {text.say(`link.${kind}.button`)}
        </button>
      )}
      {state.phase === 'done' && (
        <PageLinkTo id={state.flightId} className="button">
          {text.say('link.open')}
        </PageLinkTo>
      )}
    </>
  )
}

function messageOf(kind: Kind, state: LinkState, { say }: ReturnType<typeof usePage>['text']): string {
  if (state.phase === 'done') return say(`link.${kind}.done`)
  if (state.phase === 'unknown') return say('link.unknown')
  return say(state.phase === 'failed' ? 'email.failed' : `link.${kind}.text`)
}
