import type { Metrics } from '../../src/node/metrics/create-metrics.ts'
import type { Delivery, DeliveryState } from '../../src/shared/domain/delivery.ts'
import type { Instant } from '../../src/shared/domain/instant.ts'
import type { NoticeDecision } from '../../src/shared/domain/notice.ts'

/** The figures of the notifier. */
export interface NotifierMetrics {
  decided(decisions: readonly NoticeDecision[]): void
  fannedOut(recipients: number): void
  settled(delivery: Delivery, state: DeliveryState, at: Instant): void
  buried(topic: string): void
}

/** Registers the notifier's figures; none of them tells of a person or a departure. */
export function createNotifierMetrics(metrics: Metrics): NotifierMetrics {
  const decisions = metrics.counter({
    name: 'notifier_decisions_total',
    help: 'Changes by what became of them',
    labels: ['outcome'],
  })
  const recipients = metrics.counter({ name: 'notifier_recipients_total', help: 'Deliveries made by fanning out' })
  const attempts = metrics.counter({
    name: 'notifier_attempts_total',
    help: 'Attempts by the state in which they left the delivery',
    labels: ['state', 'channel'],
  })
  const latency = metrics.histogram({
    name: 'notifier_sent_seconds',
    help: 'From the notice to its acceptance by the provider',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
  })
  const buried = metrics.counter({
    name: 'notifier_buried_total',
    help: 'Events that could not be read',
    labels: ['topic'],
  })
  return {
    decided: (made) => {
      for (const { outcome } of made) decisions.inc({ outcome })
    },
    fannedOut: (count) => recipients.inc(count),
    settled(delivery, state, at) {
      attempts.inc({ state, channel: delivery.channel })
      if (state === 'sent') latency.observe(Math.max(0, at - delivery.createdAt) / 1_000)
    },
    buried: (topic) => buried.inc({ topic }),
  }
}
