import type { PushLimits } from './parts.ts'

/** What became of a handshake: its turn came, or why it never will. */
export type Turn = 'now' | 'full' | 'late' | 'closing'

/** Lets handshakes in at a pace that leaves the process time for the sockets it has. */
export interface UpgradeQueue {
  /**
   * Waits for the turn of a handshake.
   * @param isGone - whether nobody waits for it any more; such a one takes no turn
   */
  enter(address: string, isGone: () => boolean): Promise<Turn>
  /** How many wait. */
  count(): number
  /** Turns everybody away, now and from now on. */
  close(): void
}

/** The bounds of {@link PushLimits} that a queue keeps. */
export type QueueLimits = Pick<
  PushLimits,
  'acceptsPerSecond' | 'acceptsAtOnce' | 'waitingHandshakes' | 'handshakePatience'
>

// Milliseconds between two steps. Each accepts a few, so that changes and heartbeats come in between.
const STEP = 10

// While the process is behind with what it does already, this share of the pace is kept. A storm itself makes it late, so
// with much less than this 20,000 clients wait out their patience.
const PACE_WHEN_LATE = 0.4

interface Waiting {
  readonly address: string
  readonly since: number
  readonly isGone: () => boolean
  readonly settle: (turn: Turn) => void
}

interface State {
  readonly limits: QueueLimits
  readonly isLate: () => boolean
  /** All that wait, the oldest first. */
  readonly waiting: Set<Waiting>
  /** The same by address; addresses take turns, so that none keeps the others out, however many it sends. */
  readonly byAddress: Map<string, Set<Waiting>>
  tokens: number
  refilledAt: number
  timer: NodeJS.Timeout | undefined
  isClosed: boolean
}

/**
 * Makes an empty queue.
 * @param isLate - whether the process is behind with its work
 */
export function createUpgradeQueue(limits: QueueLimits, isLate: () => boolean): UpgradeQueue {
  const state: State = {
    ...{ limits, isLate, waiting: new Set<Waiting>(), byAddress: new Map<string, Set<Waiting>>() },
    tokens: limits.acceptsAtOnce,
    refilledAt: performance.now(),
    timer: undefined,
    isClosed: false,
  }
  return {
    count: () => state.waiting.size,
    async enter(address, isGone) {
      if (state.isClosed) return 'closing'
      refill(state)
      if (state.waiting.size === 0 && take(state)) return 'now'
      if (state.waiting.size >= limits.waitingHandshakes) return 'full'
      const { promise, resolve: settle } = Promise.withResolvers<Turn>()
      add(state, { address, since: performance.now(), isGone, settle })
      return promise
    },
    close() {
      state.isClosed = true
      clearTimeout(state.timer)
      for (const waiting of state.waiting) waiting.settle('closing')
      state.waiting.clear()
      state.byAddress.clear()
    },
  }
}

function add(state: State, waiting: Waiting): void {
  const { byAddress } = state
  const own = byAddress.get(waiting.address)
  if (own) own.add(waiting)
  else byAddress.set(waiting.address, new Set([waiting]))
  state.waiting.add(waiting)
  state.timer ??= setTimeout(() => step(state), STEP)
}

function remove({ waiting: all, byAddress }: State, waiting: Waiting): void {
  all.delete(waiting)
  const own = byAddress.get(waiting.address)
  own?.delete(waiting)
  if (own?.size === 0) byAddress.delete(waiting.address)
}

function step(state: State): void {
  state.timer = undefined
  refuseLate(state)
  refill(state)
  while (state.waiting.size > 0 && admitOne(state));
  if (state.waiting.size > 0) state.timer = setTimeout(() => step(state), STEP)
}

function refuseLate(state: State): void {
  const oldest = performance.now() - state.limits.handshakePatience
  for (const waiting of state.waiting) {
    if (waiting.since > oldest) return
    remove(state, waiting)
    waiting.settle('late')
  }
}

/** @returns whether another may be tried */
function admitOne(state: State): boolean {
  const next = findNext(state)
  if (!next) return false
  if (next.isGone()) {
    remove(state, next)
    next.settle('late')
    return true
  }
  if (!take(state)) return false
  remove(state, next)
  moveToEnd(state, next.address)
  next.settle('now')
  return true
}

function findNext({ byAddress }: State): Waiting | undefined {
  for (const own of byAddress.values()) for (const waiting of own) return waiting
  return undefined
}

function moveToEnd({ byAddress }: State, address: string): void {
  const own = byAddress.get(address)
  if (!own) return
  byAddress.delete(address)
  byAddress.set(address, own)
}

function refill(state: State): void {
  const { limits, isLate } = state
  const now = performance.now()
  const pace = isLate() ? limits.acceptsPerSecond * PACE_WHEN_LATE : limits.acceptsPerSecond
  state.tokens = Math.min(limits.acceptsAtOnce, state.tokens + ((now - state.refilledAt) / 1000) * pace)
  state.refilledAt = now
}

function take(state: State): boolean {
  if (state.tokens < 1) return false
  state.tokens -= 1
  return true
}
