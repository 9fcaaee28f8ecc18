import type { EmailChannel } from '../../../src/shared/ports/email-channel.ts'
import type { NotifierContext } from '../context.ts'
import type { MessageWriter } from '../messages/message-writer.ts'
import type { FindNotice } from './notice-cache.ts'
import type { SettledEvents } from './settled-events.ts'

/** What sending needs besides the notifier's parts. */
export interface DispatchContext extends NotifierContext {
  readonly mailbox: EmailChannel
  /** `undefined`: everything goes to the mailbox. */
  readonly smtp: EmailChannel | undefined
  readonly write: MessageWriter
  readonly findNotice: FindNotice
  readonly events: SettledEvents
  /** Whether this process is the one that sends, surely and now. */
  readonly isSender: () => boolean
}

/** The channel of a delivery: what is made up for demonstration reaches only the mailbox, whatever is configured. */
export function pickChannel({ mailbox, smtp }: Pick<DispatchContext, 'mailbox' | 'smtp'>, demo: boolean): EmailChannel {
  return demo || !smtp ? mailbox : smtp
}
