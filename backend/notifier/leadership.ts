import type { Instant } from '../../src/shared/domain/instant.ts'
import type { Clock } from '../../src/shared/ports/clock.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { LeaseStore } from '../../src/shared/ports/system-stores.ts'
import type { Timer } from '../../src/shared/ports/timer.ts'

/** Who may act among several processes. */
export interface LeadershipOptions {
  readonly name: string
  readonly owner: string
  /** Milliseconds; renewed three times within it. */
  readonly ttl: number
  readonly leases: LeaseStore
  readonly clock: Clock
  readonly timer: Timer
  readonly logger: Log
}

/** One process's hold on a lease. */
export interface Leadership {
  /**
   * Whether the lease is surely held now. Counted from before it was asked for, so a process that slept finds out
   * before it acts.
   */
  isHeld(): boolean
  close(): Promise<void>
}

interface LeadershipState {
  heldUntil: Instant
  isClosed: boolean
  asking: Promise<void> | undefined
}

/** Tries to get and keep a lease; after a `kill -9` of its holder another one has it within its time to live. */
export function startLeadership(options: LeadershipOptions): Leadership {
  const state: LeadershipState = { heldUntil: 0, isClosed: false, asking: undefined }
  const look = () => {
    state.asking ??= ask(options, state).finally(() => {
      state.asking = undefined
    })
  }
  const stop = options.timer.every(options.ttl / 3, look)
  look()
  return {
    isHeld: () => !state.isClosed && options.clock.wall() < state.heldUntil,
    async close() {
      stop()
      await state.asking
      state.isClosed = true
      if (state.heldUntil > 0) await options.leases.release(options.name, options.owner)
    },
  }
}

async function ask(options: LeadershipOptions, state: LeadershipState): Promise<void> {
  const { name, owner, ttl, clock, logger } = options
  const now = clock.wall()
  try {
    const isHeld = await options.leases.acquire({ name, owner, now, ttl })
    state.heldUntil = isHeld ? now + ttl : 0
  } catch (error) {
    // What is held stays so until its time is over; the store may be back before that.
    logger.warn({ part: 'notifier', lease: name, err: error }, 'the lease could not be renewed')
  }
}
