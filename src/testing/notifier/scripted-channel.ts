import type { EmailChannel, EmailMessage, SendOutcome } from '../../shared/ports/email-channel.ts'

/** An e-mail provider that cannot be asked what it has, as SMTP, and answers as it is told. */
export interface ScriptedChannel extends EmailChannel {
  /** What the provider really took, in order, whatever it answered. */
  readonly taken: readonly EmailMessage[]
  /** What was asked of it, call by call. */
  readonly calls: readonly (readonly EmailMessage[])[]
  /** The answer to each message from now on. */
  answer(script: (message: EmailMessage) => SendOutcome): void
}

/** A provider that accepts everything until told otherwise. */
export function scriptedChannel(): ScriptedChannel {
  const taken: EmailMessage[] = []
  const calls: (readonly EmailMessage[])[] = []
  let script: (message: EmailMessage) => SendOutcome = () => ({ outcome: 'accepted' })
  return {
    taken,
    calls,
    answer(given) {
      script = given
    },
    async send(messages) {
      calls.push(messages)
      return messages.map((message) => {
        const outcome = script(message)
        if (outcome.outcome !== 'refused') taken.push(message)
        return outcome
      })
    },
    accepted: async () => undefined,
    close: async () => undefined,
  }
}

/** A channel in a process that dies: before messages leave, or after they were taken and before anybody noted it. */
export function dyingChannel(channel: EmailChannel, when: 'before' | 'after'): EmailChannel {
  return {
    ...channel,
    async send(messages) {
      if (when === 'after') await channel.send(messages)
      throw new Error('killed')
    },
  }
}
