import type { Departure } from '../domain/departure.ts'
import type { Subscription } from '../domain/passenger.ts'
import { FlightlineError } from '../lib/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { SubscriptionStore } from '../ports/passenger-stores.ts'
import type { Sealer, TokenMaker } from '../ports/secrets.ts'

/** What following by e-mail needs. */
export interface SubscriptionParts {
  readonly stores: { readonly subscriptions: SubscriptionStore }
  readonly clock: Clock
  readonly sealer: Sealer
  readonly tokens: TokenMaker
}

/** A request to be told about one departure. */
export interface SubscriptionRequest {
  readonly departure: Departure
  readonly email: string
  readonly language: string
}

/** A pending subscription with the token that its owner gets by mail, and by mail only. */
export interface PendingSubscription {
  readonly subscription: Subscription
  readonly confirmToken: string
}

/**
 * Records that somebody wants to follow a departure. Nothing is sent there before the address's owner confirmed.
 */
export async function requestSubscription(
  parts: SubscriptionParts,
  request: SubscriptionRequest,
): Promise<PendingSubscription> {
  const { sealer, tokens, clock } = parts
  const id = tokens.id()
  const confirmToken = tokens.token()
  const key = { departureId: request.departure.id, recipient: sealer.blindIndex(request.email) }
  const subscription = await parts.stores.subscriptions.request({
    id,
    ...key,
    channel: 'email',
    address: sealer.seal(request.email.trim()),
    language: request.language,
    confirmHash: tokens.hash(confirmToken),
    unsubscribeHash: tokens.hash(unsubscribeToken(sealer, key)),
    createdAt: clock.wall(),
    demo: request.departure.demo,
  })
  return { subscription, confirmToken }
}

/**
 * The token of the unsubscribe link. Derived, so that every later mail can carry it while only its hash is stored; from
 * what stays the same when somebody asks again, so that the links of earlier mails go on working.
 */
export function unsubscribeToken(sealer: Sealer, key: Pick<Subscription, 'departureId' | 'recipient'>): string {
  return sealer.blindIndex(`unsubscribe:${key.departureId}:${key.recipient}`)
}

/**
 * Confirms by the token of the mail; again is fine.
 * @throws FlightlineError `FL_SUBSCRIPTION_UNKNOWN`
 */
export async function confirmSubscription(parts: SubscriptionParts, token: string): Promise<Subscription> {
  const hash = parts.tokens.hash(token)
  const confirmed = await parts.stores.subscriptions.confirm(hash, parts.clock.wall())
  if (!confirmed) throw new FlightlineError('FL_SUBSCRIPTION_UNKNOWN')
  return confirmed
}

/**
 * Ends a subscription by the token of any of its mails; again is fine.
 * @throws FlightlineError `FL_SUBSCRIPTION_UNKNOWN`
 */
export async function endSubscription(parts: SubscriptionParts, token: string): Promise<Subscription> {
  const ended = await parts.stores.subscriptions.end(parts.tokens.hash(token), parts.clock.wall())
  if (!ended) throw new FlightlineError('FL_SUBSCRIPTION_UNKNOWN')
  return ended
}
