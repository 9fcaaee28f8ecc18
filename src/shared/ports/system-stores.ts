import type { Instant } from '../domain/instant.ts'

/** Small named values that must survive a restart: progress of a replay, epochs, first-start marks. */
export interface SettingStore {
  get(name: string): Promise<string | undefined>
  set(name: string, value: string): Promise<void>
}

/** Leases: at most one holder at a time, lost when not renewed. Wall clock. */
export interface LeaseStore {
  /** Takes or renews the lease. @returns whether `owner` holds it now, until `now + ttl` */
  acquire(request: {
    readonly name: string
    readonly owner: string
    readonly now: Instant
    readonly ttl: number
  }): Promise<boolean>
  release(name: string, owner: string): Promise<void>
}

/** A message that had no provider. */
export interface MailboxMessage {
  /** Message-ID: a repetition is kept once. */
  readonly id: string
  readonly channel: 'email' | 'sms' | 'push'
  readonly to: string
  readonly subject?: string
  readonly text: string
  readonly html?: string
  readonly at: Instant
}

/** Where messages go that have no provider; readable at `/dev/mailbox`. */
export interface MailboxStore {
  /** Keeps messages; a known id stays as it was. Returns the ids that were new. */
  put(messages: readonly MailboxMessage[]): Promise<readonly string[]>
  /** Which of these ids are kept. */
  known(ids: readonly string[]): Promise<readonly string[]>
  /** Newest first. `to` narrows to one address. */
  list(query: { readonly to?: string; readonly limit: number }): Promise<readonly MailboxMessage[]>
  count(): Promise<number>
}
