import type { Instant } from '../../../src/shared/domain/instant.ts'
import type { Clock } from '../../../src/shared/ports/clock.ts'
import type { Timer } from '../../../src/shared/ports/timer.ts'
import type { Part, PartHealth } from '../../part.ts'
import { dayZone } from './plan-day.ts'
import { nextDue, openPlayer, type Player, type PlayerParts, play } from './player.ts'
import { readProgress } from './progress.ts'
import { createReplayClock } from './replay-clock.ts'
import type { ReplaySettings } from './replay-settings.ts'
import { resume } from './resume.ts'

/** What a replay is made from. */
export interface ReplayParts extends PlayerParts {
  readonly timer: Timer
  readonly settings: ReplaySettings
  readonly wall: () => Instant
}

/** A day that is being replayed. */
export interface Replay extends Part {
  /** The clock of everything operational while it runs. */
  readonly clock: Clock
  /** Resolves when a day at speed `max` is at its end, or when the replay is closed. */
  readonly ended: Promise<void>
}

// The wall clock may be set or the machine sleep: no wait is longer than this before looking again.
const LONGEST_WAIT = 30_000
const RETRY = 1_000

interface Running {
  readonly parts: ReplayParts
  readonly player: Player
  readonly end: () => void
  turn: Promise<void>
  cancel: () => void
  failing: boolean
}

/**
 * Starts the replay of a real day. Resolves when everything up to the operational present is in the store: what lies
 * before the start as history that tells nobody, and after a restart whatever was missed meanwhile.
 * @throws what the store throws
 */
export async function startReplay(parts: ReplayParts): Promise<Replay> {
  const stored = await readProgress(parts.stores.settings)
  const zone = dayZone(parts.day.rows, parts.reference)
  const { fingerprint } = parts.day
  const progress = resume({ stored, fingerprint, settings: parts.settings, zone, wall: parts.wall() })
  const clock = createReplayClock(parts.wall, progress.anchor)
  const player = await openPlayer(parts, { clock, progress })
  await play(player, clock.operational())
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  const running: Running = {
    parts,
    player,
    end,
    turn: Promise.resolve(),
    cancel: () => undefined,
    failing: false,
  }
  scheduleTurn(running)
  return { name: 'replay', clock, ended, health: () => healthOf(running), close: () => close(running) }
}

function scheduleTurn(running: Running): void {
  const { parts, player, failing } = running
  const due = nextDue(player)
  if (player.stop.signal.aborted || due === undefined) {
    running.end()
    return
  }
  const { rate } = player.clock
  const wait = rate === 0 ? 0 : Math.min(Math.max(0, (due - player.clock.operational()) / rate), LONGEST_WAIT)
  running.cancel = parts.timer.after(failing ? RETRY : Math.ceil(wait), () => {
    running.turn = takeTurn(running)
  })
}

async function takeTurn(running: Running): Promise<void> {
  const { player, parts } = running
  const { rate } = player.clock
  try {
    await play(player, rate === 0 ? Number.POSITIVE_INFINITY : player.clock.operational())
    running.failing = false
  } catch (error) {
    if (!player.stop.signal.aborted) {
      running.failing = true
      parts.logger.error({ error: String(error) }, 'replay could not go on; it tries again')
    }
  }
  scheduleTurn(running)
}

function healthOf({ player, failing }: Running): PartHealth {
  const { clock, scripts } = player
  const behind = Math.max(0, clock.operational() - (nextDue(player) ?? clock.operational()))
  return {
    status: failing ? 'degraded' : 'ok',
    operational: new Date(clock.operational()).toISOString(),
    rate: clock.rate,
    days: scripts.length,
    ahead: scripts.reduce((sum, { entries, next }) => sum + entries.length - next, 0),
    behind,
  }
}

async function close({ player, turn, cancel, end }: Running): Promise<void> {
  player.stop.abort()
  cancel()
  await turn
  end()
}
