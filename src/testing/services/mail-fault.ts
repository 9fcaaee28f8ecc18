/** How the mail server misbehaves; each is something real servers and networks do. */
export type MailFault =
  | 'none'
  /** The recipient does not exist. */
  | 'reject-550'
  /** The mailbox is busy: to be tried again. */
  | 'reject-450'
  /** The service is closing, and so is the connection. */
  | 'reject-421'
  | 'close-before-greeting'
  /** The message was taken, its answer never came: the sender cannot know. */
  | 'close-after-dot'
  /** As before, with the connection left open. */
  | 'mute-after-dot'

export interface MailFaultScope {
  /** How many connections or messages it meets; all from now on when left out. */
  readonly times?: number
  /** Only messages to this address; not for `close-before-greeting`, which precedes all addresses. */
  readonly recipient?: string
}

export interface MailFaults {
  set(fault: MailFault, scope?: MailFaultScope): void
  /** The present fault if it is one of those named and concerns the recipients; counts as one time. */
  take(among: readonly MailFault[], recipients?: readonly string[]): MailFault
}

/** The fault of a mail server, and how often it still happens. */
export function createMailFaults(): MailFaults {
  let present: MailFault = 'none'
  let left = 0
  let only: string | undefined
  return {
    set: (fault, { times = Number.POSITIVE_INFINITY, recipient } = {}) => {
      present = fault
      left = times
      only = recipient
    },
    take: (among, recipients = []) => {
      const concerns = only === undefined || recipients.includes(only)
      if (left <= 0 || !concerns || !among.includes(present)) return 'none'
      left -= 1
      return present
    },
  }
}
