import type { Clock } from '../../src/shared/ports/clock.ts'
import type { Log } from '../../src/shared/ports/log.ts'
import type { LeaseStore } from '../../src/shared/ports/system-stores.ts'

/** What holding a lease needs. */
export interface LeadershipParts {
  readonly leases: LeaseStore
  readonly clock: Clock
  readonly logger: Log
  readonly name: string
  readonly owner: string
  /** Milliseconds until others may take over after this process died. */
  readonly ttl: number
  /** Milliseconds between renewals; a third of `ttl` unless given. */
  readonly renewal?: number
  /** Called when the lease was gained. */
  gained?(): void
}

/** A lease that is held, or tried for, until it is closed. */
export interface Leadership {
  /** Whether this process may act now: true only until the moment up to which the store promised it. */
  isHeld(): boolean
  close(): Promise<void>
}

interface LeadershipState {
  readonly parts: LeadershipParts
  heldUntil: number
  asking: Promise<void> | undefined
  failing: boolean
}

/** Starts trying for a lease; resolves after the first try. */
export async function startLeadership(parts: LeadershipParts): Promise<Leadership> {
  const state: LeadershipState = { parts, heldUntil: 0, asking: undefined, failing: false }
  await ask(state)
  const timer = setInterval(() => void ask(state), parts.renewal ?? parts.ttl / 3)
  return {
    isHeld: () => isHeld(state),
    async close() {
      clearInterval(timer)
      await state.asking
      state.heldUntil = 0
      await release(state)
    },
  }
}

function isHeld({ parts, heldUntil }: LeadershipState): boolean {
  return parts.clock.wall() < heldUntil
}

function ask(state: LeadershipState): Promise<void> {
  state.asking ??= renew(state).finally(() => {
    state.asking = undefined
  })
  return state.asking
}

/** A store that does not answer takes nothing away: the lease ends by itself at the moment that was promised. */
async function renew(state: LeadershipState): Promise<void> {
  const { leases, clock, logger, name, owner, ttl } = state.parts
  const wasHeld = isHeld(state)
  const now = clock.wall()
  try {
    state.heldUntil = (await leases.acquire({ name, owner, now, ttl })) ? now + ttl : 0
    state.failing = false
  } catch (err) {
    if (!state.failing) logger.warn({ err, lease: name }, 'the lease could not be renewed')
    state.failing = true
  }
  if (wasHeld === isHeld(state)) return
  logger.info({ lease: name, held: !wasHeld }, wasHeld ? 'lease lost' : 'lease gained')
  if (!wasHeld) state.parts.gained?.()
}

async function release({ parts }: LeadershipState): Promise<void> {
  try {
    await parts.leases.release(parts.name, parts.owner)
  } catch (err) {
    parts.logger.warn({ err, lease: parts.name }, 'the lease could not be given back; it ends by itself')
  }
}
