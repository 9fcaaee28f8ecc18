import type { CommandRunner } from './command-runner.ts'
import type { ConnectionState, ConnectionStore } from './connection-store.ts'

/** What tending the queue needs. */
export interface QueueParts {
  readonly connection: ConnectionStore
  readonly runner: CommandRunner
  /** Calls back when this console has gone over to another service. @returns the end of the subscription */
  readonly onOtherService?: ((listener: () => void) => () => void) | undefined
}

/** How often what waits is looked at, in milliseconds: a store may be back although the connection was never gone. */
export const TEND_EVERY = 5_000

/**
 * Sees to the commands without an answer for as long as the console runs: takes over what earlier pages left as soon as
 * it is known who is here, sends again when somebody answers, ends what is too late, shows nobody another's, and gives no
 * service what was meant for another.
 * @returns stops it
 */
export function tendQueue({ connection, runner, onOtherService }: QueueParts): () => void {
  let owner: string | undefined
  let isClaimed = false

  async function takeUp({ actor }: ConnectionState): Promise<void> {
    if (!actor) return
    if (owner !== undefined && owner !== actor.name) runner.leave()
    owner = actor.name
    isClaimed = await runner.claim(actor.name)
    if (connection.getState().phase === 'live') await runner.resend()
  }

  const stopHearing = onOtherService?.(() => {
    runner.leave()
    isClaimed = false
  })
  const unsubscribe = connection.subscribe((state, previous) => {
    const isElse = state.actor !== null && state.actor.name !== previous.actor?.name
    const isBack = state.phase === 'live' && previous.phase !== 'live'
    if (isElse || isBack) void takeUp(state)
  })
  const timer = setInterval(() => {
    const state = connection.getState()
    runner.expire()
    if (!isClaimed) void takeUp(state)
    else if (state.phase === 'live') void runner.resend()
  }, TEND_EVERY)

  return () => {
    unsubscribe()
    stopHearing?.()
    clearInterval(timer)
  }
}
