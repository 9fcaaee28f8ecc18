/**
 * One share of a delay. The scheme is stored with the code because AHM 732 replaces AHM 730 airline by airline and
 * nothing converts one into the other without loss.
 */
export interface DelayReason {
  readonly scheme: 'AHM730'
  /** Two digits, as in the list. */
  readonly code: string
  /** The airline's own sub-code (AHM 731), one letter. */
  readonly sub?: string
  readonly minutes: number
}
