import type { FormEvent } from 'react'
import type { PublicDeparture } from '../../shared/api/public-departure.ts'
import type { EmailState } from '../page/email-form.ts'
import { Icon } from './icon.tsx'
import { usePage, useStore } from './page-context.tsx'

/** Asks to be written to about a flight; nothing is sent before the mail's link was opened and confirmed. */
export function EmailSettings({ flight }: { readonly flight: PublicDeparture }) {
  const { email, text } = usePage()
  const state = useStore(email.state)
  return (
    <section className="panel" id="emails" aria-label={text.say('email.heading')}>
      <h2>{text.say('email.heading')}</h2>
      {state.phase === 'sent' ? (
        <p className="sent" role="status">
          <Icon name="mail" />
          {text.say('email.sent', { email: state.email })}
        </p>
      ) : (
        <Form flight={flight} state={state} />
      )}
      {flight.demo && <p className="small">{text.say('email.demo')}</p>}
    </section>
  )
}

function Form({ flight, state }: { readonly flight: PublicDeparture; readonly state: EmailState }) {
  const { email: form, text } = usePage()
  const problem = state.phase === 'failed' ? state.problem : undefined
  const isSending = state.phase === 'sending'
  function send(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get('email')).trim()
    void form.send({ flightId: flight.id, email, language: text.language })
  }
  return (
    <form className="email" onSubmit={send}>
      <label htmlFor="email">{text.say('email.label')}</label>
      <input
        id="email"
        name="email"
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        aria-invalid={problem === 'email.invalid'}
        aria-describedby="email-problem email-privacy"
      />
      <p id="email-problem" className="problem" role="alert">
        {problem && text.say(problem)}
      </p>
      <button type="submit" className="button" data-quiet disabled={isSending}>
        <Icon name="mail" />
        {text.say(isSending ? 'email.sending' : 'email.send')}
      </button>
      <p id="email-privacy" className="small">
        {text.say('email.privacy')}
      </p>
    </form>
  )
}
