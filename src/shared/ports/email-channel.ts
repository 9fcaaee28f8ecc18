/** A message ready to go. `id` becomes the Message-ID and stays the same over attempts. */
export interface EmailMessage {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** One-click unsubscribe (RFC 8058); only for subscriptions. */
  readonly unsubscribeUrl?: string
}

/**
 * What the provider made of a message. `uncertain`: the connection ended at a point where it may have been accepted.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly permanent: boolean; readonly reason: string }
  | { readonly outcome: 'uncertain'; readonly reason: string }

/** Sends e-mail. Never throws for what a provider does. */
export interface EmailChannel {
  /** Sends in order; the answers stand in the same order. */
  send(messages: readonly EmailMessage[]): Promise<readonly SendOutcome[]>
  /**
   * Which of these Message-IDs the provider surely has, where it can tell; `undefined` where it cannot, as with SMTP.
   */
  accepted(ids: readonly string[]): Promise<ReadonlySet<string> | undefined>
  close(): Promise<void>
}
