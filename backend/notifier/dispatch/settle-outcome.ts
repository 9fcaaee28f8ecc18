import type { Delivery } from '../../../src/shared/domain/delivery.ts'
import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { SendOutcome } from '../../../src/shared/ports/email-channel.ts'
import type { Settlement } from '../../../src/shared/ports/notice-stores.ts'
import { MOST_ATTEMPTS, retryDelay } from './retry-delay.ts'

/** One attempt that came to an end, or whose sender did. */
export interface Attempt {
  readonly delivery: Delivery
  /** Critical notices are sent again after an uncertain attempt, under the same Message-ID. */
  readonly critical: boolean
  readonly outcome: SendOutcome
}

/** What an outcome means for the delivery: its end, or another try later. */
export function settleOutcome({ delivery, critical, outcome }: Attempt, now: Instant): Settlement {
  const { id, attempts } = delivery
  if (outcome.outcome === 'accepted') return { id, state: 'sent' }
  const mayTryAgain = attempts < MOST_ATTEMPTS
  const again = { id, state: 'queued', reason: outcome.reason, notBefore: now + retryDelay(attempts) } as const
  if (outcome.outcome === 'uncertain') {
    if (critical && mayTryAgain) return { ...again, wasUncertain: true }
    return { id, state: 'uncertain', reason: outcome.reason, wasUncertain: true }
  }
  if (!outcome.permanent && mayTryAgain) return again
  const reason = outcome.permanent ? outcome.reason : `given up after ${attempts} tries: ${outcome.reason}`
  return { id, state: 'failed', reason }
}
