import type { NotifierContext } from '../context.ts'

/** Runs work that reads and writes what passengers were told, one at a time over all processes. */
export type DecisionLock = <Result>(work: () => Promise<Result>) => Promise<Result>

const LEASE = 'notifier-decide'

// Between two tries while another process decides; its work takes milliseconds.
const RETRY = 25

/**
 * Makes the lock. The end of a merge window and a change of the same departure may fall to different processes, and
 * both go from the same remembered state; a queue within the process and a short lease between them keep them apart.
 */
export function createDecisionLock({ stores, clock, timer, owner, settings }: NotifierContext): DecisionLock {
  const ttl = settings.leaseTtl ?? 5_000
  let last: Promise<unknown> = Promise.resolve()

  async function underLease<Result>(work: () => Promise<Result>): Promise<Result> {
    while (!(await stores.leases.acquire({ name: LEASE, owner, now: clock.wall(), ttl }))) {
      await new Promise<void>((resolve) => timer.after(RETRY, resolve))
    }
    try {
      return await work()
    } finally {
      await stores.leases.release(LEASE, owner)
    }
  }

  return (work) => {
    const result = last.then(() => underLease(work))
    last = result.catch(() => undefined)
    return result
  }
}
