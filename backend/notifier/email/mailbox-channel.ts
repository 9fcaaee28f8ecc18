import type { Clock } from '../../../src/shared/ports/clock.ts'
import type { EmailChannel } from '../../../src/shared/ports/email-channel.ts'
import type { MailboxStore } from '../../../src/shared/ports/system-stores.ts'

/**
 * Keeps messages in the store instead of sending them, readable at `/dev/mailbox`. Unlike a mail server it can tell
 * what it has, so no attempt stays uncertain.
 */
export function createMailboxChannel(mailbox: MailboxStore, clock: Pick<Clock, 'wall'>): EmailChannel {
  return {
    async send(messages) {
      const at = clock.wall()
      await mailbox.put(
        messages.map(({ id, to, subject, text, html }) => ({ id, channel: 'email', to, subject, text, html, at })),
      )
      return messages.map(() => ({ outcome: 'accepted' }))
    },
    accepted: async (ids) => new Set(await mailbox.known(ids)),
    close: () => Promise.resolve(),
  }
}
