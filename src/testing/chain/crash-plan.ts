import type { Random } from './random.ts'
import type { Mode } from './system.ts'

/** How much is done and how often it is broken off. */
export interface CrashSize {
  readonly mode: Mode
  readonly kills: number
  readonly edits: number
  readonly desks: number
  readonly departures: number
  readonly passengers: number
}

/** When a desk sends an edit, when one is accepted, or whenever it is. */
export type Moment = 'sent' | 'accepted' | 'any'

/** One life of the backend and what happens around it. */
export interface Life {
  /** Milliseconds from the moment it answers until its end is near. */
  readonly length: number
  /** What is waited for then, and how long after that it is killed: most of what can go wrong follows an edit. */
  readonly end: { readonly on: Moment; readonly after: number }
  /** Milliseconds until it is started again. */
  readonly pause: number
  /** A server that is killed in the middle of this life, and how long it stays away. */
  readonly outage?: { readonly server: 'kafka' | 'mongo'; readonly after: number; readonly length: number }
}

// A member of a Kafka group that was killed is replaced after 6 s: shorter lives alone would never decide anything.
const lengths = {
  embedded: { short: [20, 700], long: [900, 2_800], share: 0.35 },
  connected: { short: [50, 1_500], long: [6_500, 9_500], share: 0.3 },
} as const satisfies Record<Mode, unknown>

/** Plans a run: the same random numbers give the same plan. */
export function planLives({ mode, kills }: Pick<CrashSize, 'mode' | 'kills'>, random: Random): readonly Life[] {
  const { short, long, share } = lengths[mode]
  return Array.from({ length: kills }, (_, index) => {
    const [from, to] = random.next() < share ? short : long
    const end = { on: random.pick(['sent', 'accepted', 'accepted', 'any'] as const), after: random.whole(0, 40) }
    const life = { length: random.whole(from, to), end, pause: random.whole(0, 300) }
    if (mode === 'embedded') return life
    if (index % 5 === 1) return withOutage(life, 'kafka', random)
    return index % 5 === 3 ? withOutage(life, 'mongo', random) : life
  })
}

/** Long enough to be noticed and to be over before the backend is killed, too. */
function withOutage(life: Life, server: 'kafka' | 'mongo', random: Random): Life {
  const after = random.whole(100, 1_000)
  const outage = { server, after, length: random.whole(500, 2_000) }
  return { ...life, length: Math.max(life.length, 6_000), outage }
}

/** Milliseconds that a desk rests between two edits, on average, so that the edits last through all lives. */
export function paceOf(lives: readonly Life[], { desks, edits }: Pick<CrashSize, 'desks' | 'edits'>): number {
  const alive = lives.reduce((sum, { length }) => sum + length, 0)
  return (alive * desks) / edits
}
