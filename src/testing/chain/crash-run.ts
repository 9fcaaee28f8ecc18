import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../node/engine/open-engine.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { eventually } from '../fixtures/eventually.ts'
import { collectRecord } from './collect-record.ts'
import { signIn } from './console-client.ts'
import { type CrashSize, type Life, type Moment, paceOf, planLives } from './crash-plan.ts'
import { type AcceptedEdit, createDesk, type Desk } from './desk.ts'
import { type Follower, startFollower } from './follower.ts'
import { importDay } from './import-day.ts'
import { waitForRest } from './quiescence.ts'
import { createRandom, type Random } from './random.ts'
import type { RunRecord } from './run-record.ts'
import { createStationDay, type StationDay } from './station.ts'
import { type ChainSystem, startSystem } from './system.ts'
import { type CrashVerdict, judgeRun } from './verdict.ts'

export interface CrashOptions extends CrashSize {
  readonly seed: number
  /** Told of each step. */
  readonly tell?: (line: string) => void
}

/** What a run showed. */
export interface CrashResult extends CrashVerdict {
  readonly edits: number
  /** Commands that had to be sent again because no answer came. */
  readonly resent: number
  readonly seconds: number
}

interface Run {
  readonly system: ChainSystem
  readonly options: CrashOptions
  readonly random: Random
  readonly day: StationDay
  readonly lives: readonly Life[]
  readonly desks: readonly Desk[]
  readonly accepted: AcceptedEdit[]
  readonly moments: EventEmitter<Record<Moment, []>>
  /** Kills that are still to come. */
  left: number
}

/**
 * Kills the backend again and again while desks edit, then waits until all is at rest and checks every promise.
 */
export async function runCrash(options: CrashOptions): Promise<CrashResult> {
  const startedAt = performance.now()
  const random = createRandom(options.seed)
  await using system = await startSystem({ mode: options.mode })
  const cookie = await signIn(system.backend.url)
  const day = createStationDay(options, Date.now())
  await importDay(system.backend.url, cookie, day)
  const first = await readFirst(system, day)
  const known = new Map(first)
  const { url } = system.backend
  const desks = Array.from({ length: options.desks }, () => createDesk({ url, cookie, random, known }))
  const lives = planLives(options, random)
  const run: Run = {
    system,
    options,
    random,
    day,
    desks,
    lives,
    left: lives.length,
    accepted: [],
    moments: new EventEmitter(),
  }
  const followers = [startFollower(url, 'position'), startFollower(url, 'revisions', day.departureIds)]
  try {
    await Promise.all([endLives(run), ...desks.map((desk) => work(run, desk))])
    const record = await settle(run, { first, followers })
    return {
      ...(await judgeRun(record, { system, day, kills: countKills(run) })),
      edits: run.accepted.length,
      resent: desks.reduce((sum, desk) => sum + desk.resent(), 0),
      seconds: Math.round((performance.now() - startedAt) / 1_000),
    }
  } finally {
    for (const desk of desks) desk.close()
    await Promise.all(followers.map((follower) => follower.close()))
  }
}

async function readFirst(system: ChainSystem, day: StationDay): Promise<ReadonlyMap<string, Departure>> {
  return withEngine(system, async ({ stores }) => {
    const found = await Promise.all(day.departureIds.map((id) => stores.departures.get(id)))
    return new Map(found.flatMap((departure) => (departure ? [[departure.id, departure] as const] : [])))
  })
}

async function withEngine<Result>(system: ChainSystem, use: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await system.openEngine()
  try {
    return await use(engine)
  } finally {
    await engine.close()
  }
}

/** Goes on until the last kill, whatever the number of edits by then. A third of them go to three departures, so that desks meet each other. */
async function work(run: Run, desk: Desk): Promise<void> {
  const { day, random, accepted, options, lives } = run
  const pace = paceOf(lives, options)
  while (accepted.length < options.edits || run.left > 0) {
    const busy = random.next() < 0.33 ? day.departureIds.slice(0, 3) : day.departureIds
    run.moments.emit('sent')
    accepted.push(await desk.edit(random.pick(busy)))
    run.moments.emit('accepted')
    await sleep(pace * random.next() * 2)
  }
}

async function endLives(run: Run): Promise<void> {
  const { system, lives, options, accepted, moments } = run
  for (const [index, life] of lives.entries()) {
    await Promise.all([sleep(life.length), life.outage && breakServer(system, life.outage)])
    if (life.end.on !== 'any') await once(moments, life.end.on)
    await sleep(life.end.after)
    await system.backend.kill()
    run.left -= 1
    options.tell?.(`kill ${index + 1} after ${life.length} ms and ${describe(life)}, ${accepted.length} edits accepted`)
    await sleep(life.pause)
    await system.backend.restart()
  }
}

function describe({ end }: Life): string {
  return end.on === 'any' ? `${end.after} more` : `${end.after} after an edit was ${end.on}`
}

async function breakServer({ servers }: ChainSystem, outage: NonNullable<Life['outage']>): Promise<void> {
  await sleep(outage.after)
  const server = servers?.[outage.server]
  await server?.kill()
  await sleep(outage.length)
  await server?.restart()
}

function countKills({ lives }: Run): number {
  return lives.length + lives.filter(({ outage }) => outage).length
}

interface Watching {
  readonly first: ReadonlyMap<string, Departure>
  readonly followers: readonly Follower[]
}

function settle({ system, accepted }: Run, { first, followers }: Watching): Promise<RunRecord> {
  return withEngine(system, async (engine) => {
    await waitForRest(engine)
    const screens = followers.map(({ screen }) => screen)
    const record = await collectRecord(system, engine, { first, accepted, screens })
    const isShown = ({ departures }: (typeof screens)[number]) =>
      [...record.departures].every(([id, { final }]) => departures.get(id)?.revision === final.revision)
    // What does not come is reported by the checks, with more words than a timeout has.
    await eventually(() => screens.every(isShown), 15_000).catch(() => undefined)
    return record
  })
}
