import { describe, expect, test } from 'vitest'
import type { Amendment } from '../../src/shared/domain/change.ts'
import type { Departure } from '../../src/shared/domain/departure.ts'
import { decodeBroadcastSent } from '../../src/shared/events/broadcast-sent.ts'
import { decodeDepartureChanged } from '../../src/shared/events/departure-changed.ts'
import { OUTBOX_CAP } from '../../src/shared/ports/departure-store.ts'
import type { EventLog } from '../../src/shared/ports/event-log.ts'
import { amendment, creation } from '../../src/testing/fixtures/amendment.ts'
import { departure, departures } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { broadcast } from '../../src/testing/fixtures/notices.ts'
import { createRelayBench, publishedIds } from '../../src/testing/fixtures/relay-bench.ts'
import type { MemoryLog } from '../../src/testing/twins/memory-log.ts'

/** A creation and `count` edits of one departure. */
function life(first: Departure, count: number): readonly Amendment[] {
  const made: Amendment[] = [creation(first)]
  for (let edit = 1; edit <= count; edit += 1) made.push(amendment(made.at(-1)?.next ?? first, { gate: `C${edit}` }))
  return made
}

/** For each departure: revisions in the order of their first appearance, which is what readers see. */
function firstAppearances(log: MemoryLog): ReadonlyMap<string, readonly number[]> {
  const seen = new Map<string, number[]>()
  for (const { value } of log.records('flight_updates')) {
    const { change } = decodeDepartureChanged(value)
    const revisions = seen.get(change.departureId) ?? []
    if (!revisions.includes(change.revision)) revisions.push(change.revision)
    seen.set(change.departureId, revisions)
  }
  return seen
}

describe('relay', () => {
  test('carries an accepted change to log and history, keyed by departure, and empties the outbox', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    await start()
    for (const made of life(departure(), 2)) await stores.departures.commit(made)
    await eventually(async () => (await stores.departures.backlog()).count === 0)
    expect(publishedIds(log)).toEqual([1, 2, 3].map((revision) => `${departure().id}:${revision}`))
    expect(new Set(log.records('flight_updates').map(({ key }) => key))).toEqual(new Set([departure().id]))
    expect((await stores.history.list(departure().id)).map(({ revision }) => revision)).toEqual([1, 2, 3])
  })

  test('publishes what was accepted before it started, page after page', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    for (const each of departures(1200)) await stores.departures.commit(creation(each))
    await start()
    await eventually(async () => (await stores.departures.backlog()).count === 0)
    expect(log.records('flight_updates')).toHaveLength(1200)
  })

  test('finds a change on its timer when the hint was lost', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    stores.departures.watch = () => async () => undefined
    await start({ departures: 10 })
    await stores.departures.commit(creation())
    await eventually(() => log.records('flight_updates').length === 1)
  })

  test('carries a broadcast to its topic, once', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    await start()
    await stores.broadcasts.add(broadcast())
    await eventually(() => log.records('broadcasts').length === 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(log.records('broadcasts').map(({ value }) => decodeBroadcastSent(value))).toEqual([broadcast()])
  })

  test('rests when there is nothing to do', async () => {
    await using bench = createRelayBench()
    const { stores, start } = bench
    let reads = 0
    const { unpublished } = stores.departures
    stores.departures.unpublished = (limit) => {
      reads += 1
      return unpublished(limit)
    }
    await start()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(reads).toBeLessThanOrEqual(2)
  })

  test('counts what it published', async () => {
    await using bench = createRelayBench()
    const { stores, log, clock, logger, metrics } = bench
    await bench.startFrom({ stores, log, clock, logger, metrics })
    await stores.departures.commit(creation())
    await eventually(async () => (await stores.departures.backlog()).count === 0)
    expect(await metrics.registry.metrics()).toContain('flightline_relay_published_total{topic="flight_updates"} 1')
  })
})

describe('relay and crashes', () => {
  test('a crash between append and mark repeats, in order, and loses nothing', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    const { markPublished } = stores.departures
    stores.departures.markPublished = async () => {
      throw new Error('killed before the mark')
    }
    const first = departure()
    for (const made of life(first, 5)) await stores.departures.commit(made)
    for (let crash = 1; crash <= 2; crash += 1) {
      const relay = await start()
      await eventually(() => log.records('flight_updates').length === 6 * crash)
      await relay.close()
    }
    stores.departures.markPublished = markPublished
    await start()
    await eventually(async () => (await stores.departures.backlog()).count === 0)
    expect(log.records('flight_updates')).toHaveLength(18)
    expect(firstAppearances(log).get(first.id)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await stores.history.count()).toBe(6)
  })

  test('a history or a mark that fails holds up no change, is repeated alone, and then everything is in both', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    const { append } = stores.history
    let isAway = true
    stores.history.append = async (changes) => {
      if (isAway) throw new Error('history is away')
      return append(changes)
    }
    const relay = await start()
    const made = life(departure(), 20)
    for (const each of made) {
      await stores.departures.commit(each)
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await eventually(() => log.records('flight_updates').length === made.length)
    await eventually(async () => (await relay.health()).failing === 'bookkeeping')
    expect((await stores.departures.backlog()).count).toBe(made.length)
    isAway = false
    await eventually(async () => (await stores.departures.backlog()).count === 0)
    expect(log.records('flight_updates')).toHaveLength(made.length)
    expect(await stores.history.count()).toBe(made.length)
  })

  test('a relay that closes finishes the bookkeeping of what it has published', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    const relay = await start()
    await stores.departures.commit(creation())
    await eventually(() => log.records('flight_updates').length === 1)
    await relay.close()
    expect((await stores.departures.backlog()).count).toBe(0)
    expect(await stores.history.count()).toBe(1)
  })

  test('more than can wait for its bookkeeping is published all the same, each change once', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    for (const each of departures(3_300)) await stores.departures.commit(creation(each))
    await start()
    await eventually(async () => (await stores.departures.backlog()).count === 0)
    expect(log.records('flight_updates')).toHaveLength(3_300)
    expect(await stores.history.count()).toBe(3_300)
  })

  test('an outage of the log delays and loses nothing; health says so and recovers', async () => {
    await using bench = createRelayBench()
    const { stores, log, clock, start } = bench
    const relay = await start()
    log.failWith(new Error('no broker'))
    const made = life(departure(), 20)
    for (const each of made) await stores.departures.commit(each)
    await stores.broadcasts.add(broadcast())
    await eventually(async () => (await relay.health()).status === 'degraded')
    clock.advance(2_000)
    const health = await relay.health()
    expect(health).toMatchObject({ unpublished: 21, failing: expect.stringContaining('departures') })
    expect(health).toHaveProperty('age', 2_000)
    log.failWith(undefined)
    await eventually(async () => (await relay.health()).status === 'ok')
    expect(firstAppearances(log).get(departure().id)).toEqual(made.map(({ next }) => next.revision))
    expect(log.records('broadcasts')).toHaveLength(1)
  })

  test('two relays: one publishes, the other takes over when the first falls silent', async () => {
    await using bench = createRelayBench()
    const { stores, log, clock, start } = bench
    const first = await start()
    // A killed process neither renews nor gives back; here it only stops renewing.
    const second = await start({ renewal: 5 })
    expect([first.isLeading(), second.isLeading()]).toEqual([true, false])
    await stores.departures.commit(creation())
    await eventually(() => log.records('flight_updates').length === 1)
    await first.close()
    await eventually(() => second.isLeading())
    clock.advance(1)
    await stores.departures.commit(amendment(departure()))
    await eventually(() => log.records('flight_updates').length === 2)
    expect(publishedIds(log)).toEqual([`${departure().id}:1`, `${departure().id}:2`])
  })

  test('two relays that both believe to lead repeat, but never change the order of first appearance', async () => {
    await using bench = createRelayBench()
    const { stores, log, clock, logger } = bench
    const leases = { acquire: async () => true, release: async () => undefined }
    const slow: Pick<EventLog, 'append'> = {
      async append(topic, messages) {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
        await log.append(topic, messages)
      },
    }
    for (let count = 0; count < 2; count += 1) {
      const parts = { stores: { ...stores, leases }, log: slow, clock, logger }
      await bench.startFrom({ ...parts, times: { departures: 1 } })
    }
    const all = departures(10).map((each) => life(each, 15))
    for (let revision = 0; revision < 16; revision += 1) {
      for (const made of all) await stores.departures.commit(made[revision] ?? creation())
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await eventually(async () => (await stores.departures.backlog()).count === 0)
    const expected = Array.from({ length: 16 }, (_, at) => at + 1)
    expect([...firstAppearances(log).values()]).toEqual(all.map(() => expected))
  })

  test('closing waits for the batch under way', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    const gate = Promise.withResolvers<void>()
    log.onAppend(() => gate.promise)
    await stores.departures.commit(creation())
    const relay = await start()
    const closing = relay.close()
    gate.resolve()
    await closing
    expect((await stores.departures.backlog()).count).toBe(0)
  })

  test('a store that is away makes it report itself down', async () => {
    await using bench = createRelayBench()
    const { stores, start } = bench
    const relay = await start()
    stores.departures.failWith(new Error('store away'))
    expect(await relay.health()).toMatchObject({ status: 'down' })
    stores.departures.failWith(undefined)
  })
})

describe('relay and a spoiled change', () => {
  test('it holds back its departure, not the others, and is reported once', async () => {
    await using bench = createRelayBench()
    const { stores, log, logger, start } = bench
    const [spoiled, ...others] = departures(3)
    if (!spoiled) throw new Error('three were made')
    const bad = creation({ ...spoiled, gate: 'not a gate' })
    for (let copy = 1; copy <= OUTBOX_CAP * 9; copy += 1) {
      const previous = { ...bad.next, revision: copy - 1 }
      const change = { ...bad.change, id: `${spoiled.id}:${copy}`, revision: copy }
      await stores.departures.commit({
        ...(copy > 1 && { previous }),
        next: { ...bad.next, revision: copy },
        change,
      })
    }
    for (const each of others) await stores.departures.commit(creation(each))
    const relay = await start({ departures: 5 })
    await eventually(() => log.records('flight_updates').length === 2)
    expect([...publishedIds(log)].sort()).toEqual(others.map(({ id }) => `${id}:1`))
    // What is on the log leaves the outbox a moment later.
    await eventually(async () => (await relay.health()).unpublished === OUTBOX_CAP * 9)
    expect(await relay.health()).toMatchObject({ status: 'degraded' })
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})
