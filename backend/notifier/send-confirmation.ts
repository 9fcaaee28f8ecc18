import pRetry from 'p-retry'
import type { PendingSubscription } from '../../src/shared/desk/subscriptions.ts'
import type { EmailChannel, EmailMessage } from '../../src/shared/ports/email-channel.ts'
import type { NotifierContext } from './context.ts'
import { pickChannel } from './dispatch/dispatch-context.ts'
import { buildConfirmation } from './messages/build-confirmation.ts'
import type { Links } from './messages/links.ts'

/** What sending a confirmation needs. */
export interface ConfirmationParts extends Pick<NotifierContext, 'sealer' | 'logger'> {
  readonly mailbox: EmailChannel
  readonly smtp: EmailChannel | undefined
  readonly links: Links
  /** Milliseconds before the first repetition; doubled each time. */
  readonly retryAfter?: number
}

/**
 * Mails the confirmation link of a subscription; resolves when the channel has it or gave up, which is logged. Not
 * kept over restarts: whoever waits in vain asks again on the flight page.
 */
export async function sendConfirmation(parts: ConfirmationParts, pending: PendingSubscription): Promise<void> {
  const { subscription, confirmToken } = pending
  const channel = pickChannel(parts, subscription.demo)
  try {
    const address = parts.sealer.open(subscription.address)
    const message = buildConfirmation({ subscription, token: confirmToken, address }, parts.links)
    await pRetry(() => sendOnce(channel, message), {
      retries: 4,
      minTimeout: parts.retryAfter ?? 2_000,
      randomize: true,
      shouldRetry: ({ error }) => !(error instanceof RefusedError && error.permanent),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    parts.logger.error({ part: 'notifier', subscriptionId: subscription.id, reason }, 'a confirmation was not sent')
  }
}

class RefusedError extends Error {
  readonly permanent: boolean
  constructor(reason: string, permanent: boolean) {
    super(reason)
    this.permanent = permanent
  }
}

// An uncertain attempt is repeated as well: the id stays the same, and twice is better than never for a link somebody
// is waiting for.
async function sendOnce(channel: EmailChannel, message: EmailMessage): Promise<void> {
  const [result] = await channel.send([message])
  if (!result || result.outcome === 'accepted') return
  throw new RefusedError(result.reason, result.outcome === 'refused' && result.permanent)
}
