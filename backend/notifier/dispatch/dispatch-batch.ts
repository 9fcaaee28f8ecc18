import type { EmailChannel } from '../../../src/shared/ports/email-channel.ts'
import { SMTP_CONNECTIONS } from '../email/smtp-channel.ts'
import type { DispatchContext } from './dispatch-context.ts'
import { keepSettlements, type SettledDelivery } from './keep-settlements.ts'
import { prepareBatch, type ReadyDelivery } from './prepare-batch.ts'
import { settleOutcome } from './settle-outcome.ts'
import { toWaves } from './to-waves.ts'

// What is claimed when the process dies is what may stay uncertain: with a mail server that is kept to what its few
// connections have in hand. The mailbox can tell what it has, so there a batch may be large.
const MAILBOX_BATCH = 100
const SMTP_BATCH = 2 * SMTP_CONNECTIONS

/**
 * Sends what is due, a batch at a time.
 * @returns whether there may be more
 */
export async function dispatchBatch(context: DispatchContext): Promise<boolean> {
  if (!context.isSender()) return false
  const { stores, clock, smtp, settings } = context
  const now = clock.wall()
  const deliveries = await stores.deliveries.claim({
    now,
    leaseUntil: now + (settings.leaseTtl ?? 5_000),
    limit: smtp ? SMTP_BATCH : MAILBOX_BATCH,
  })
  if (deliveries.length === 0) return false
  await context.breathe()
  const { ready, unsent } = await prepareBatch(context, deliveries)
  await keepSettlements(context, unsent)
  for (const wave of toWaves(ready)) {
    // Whoever has taken over meanwhile treats what is left as abandoned; sending it now could double it.
    if (!context.isSender()) return false
    const settled = await sendWave(context, wave)
    await context.breathe()
    await keepSettlements(context, settled)
    await context.breathe()
  }
  return true
}

async function sendWave(context: DispatchContext, wave: readonly ReadyDelivery[]): Promise<readonly SettledDelivery[]> {
  const byChannel = new Map<EmailChannel, ReadyDelivery[]>()
  for (const item of wave) {
    const items = byChannel.get(item.channel) ?? []
    items.push(item)
    byChannel.set(item.channel, items)
  }
  const settled = await Promise.all([...byChannel].map(([channel, items]) => sendOver(context, channel, items)))
  return settled.flat()
}

async function sendOver(
  { clock }: DispatchContext,
  channel: EmailChannel,
  items: readonly ReadyDelivery[],
): Promise<readonly SettledDelivery[]> {
  const outcomes = await channel.send(items.map(({ message }) => message))
  const now = clock.wall()
  return items.map(({ delivery, critical }, index) => {
    const outcome = outcomes[index] ?? { outcome: 'uncertain', reason: 'the channel gave no answer' }
    return { delivery, settlement: settleOutcome({ delivery, critical, outcome }, now) }
  })
}
