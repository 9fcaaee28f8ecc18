import type { MailAsReceived } from './run-record.ts'
import type { ChainSystem } from './system.ts'

/** What the mail server took, in the order in which it came; `undefined` where the mode has none. */
export function readServerMails({ servers }: Pick<ChainSystem, 'servers'>): readonly MailAsReceived[] | undefined {
  return servers?.mail.messages.map(({ mail, recipients }) => ({
    id: (mail.messageId ?? '').replace(/[<>]/g, ''),
    to: recipients[0] ?? '',
    text: mail.text ?? '',
  }))
}
