import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { byKey, collector, distinct, LOG_PATIENCE, messages } from '../fixtures/log-records.ts'
import type { OpenLogPair } from './log-pair.ts'

const TOPIC = 'flight_updates'
const NOTIFIERS = { group: 'notifiers' }

/** What group readers of every `EventLog` keep to. */
export function describeGroups(open: OpenLogPair): void {
  describeSharing(open)
  describeResuming(open)
  describeFailing(open)
  describeLag(open)
}

const valuesOf = (count: number) => messages(count).map(({ value }) => value)

function describeSharing(open: OpenLogPair): void {
  test('never seen before starts at the beginning and goes on with what comes', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(20))
    const seen = collector()
    await pair.second.consume(TOPIC, NOTIFIERS, seen.handle)
    await seen.have(20)
    await pair.first.append(TOPIC, messages(20, { first: 20 }))
    await seen.have(40)
    expect(byKey(seen.values())).toEqual(byKey(valuesOf(40)))
  })

  test('of two members does the work once', async () => {
    await using pair = await open()
    const [one, other] = [collector(), collector()]
    await pair.first.consume(TOPIC, NOTIFIERS, one.handle)
    await pair.second.consume(TOPIC, NOTIFIERS, other.handle)
    for (let at = 0; at < 100; at += 20) await pair.first.append(TOPIC, messages(20, { first: at }))
    const all = () => [...one.values(), ...other.values()]
    await eventually(() => distinct(all()).length === 100, LOG_PATIENCE)
    await eventually(async () => (await pair.first.lag(TOPIC, 'notifiers')) === 0, LOG_PATIENCE)
    // A member that joins may make another repeat what it had not committed yet; more than that would be no sharing.
    expect(all().length).toBeLessThan(150)
  })

  test('does not take from another group', async () => {
    await using pair = await open()
    const [one, other] = [collector(), collector()]
    await pair.first.consume(TOPIC, { group: 'one' }, one.handle)
    await pair.second.consume(TOPIC, { group: 'other' }, other.handle)
    await pair.first.append(TOPIC, messages(30))
    await Promise.all([one.have(30), other.have(30)])
    expect(byKey(one.values())).toEqual(byKey(other.values()))
  })

  test('reads several topics apart', async () => {
    await using pair = await open()
    const [updates, broadcasts] = [collector(), collector()]
    await pair.first.consume(TOPIC, NOTIFIERS, updates.handle)
    await pair.first.consume('broadcasts', NOTIFIERS, broadcasts.handle)
    await pair.second.append(TOPIC, messages(4))
    await pair.second.append('broadcasts', messages(2))
    await Promise.all([updates.have(4), broadcasts.have(2)])
    expect(new Set(broadcasts.records.map(({ topic }) => topic))).toEqual(new Set(['broadcasts']))
  })
}

function describeResuming(open: OpenLogPair): void {
  test('closed and opened again resumes after what it handled', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(20))
    const before = collector()
    const reader = await pair.first.consume(TOPIC, NOTIFIERS, before.handle)
    await before.have(20)
    await reader.close()
    await pair.first.append(TOPIC, messages(10, { first: 20 }))
    const after = collector()
    await pair.second.consume(TOPIC, NOTIFIERS, after.handle)
    await after.have(10)
    expect(byKey([...before.values(), ...after.values()])).toEqual(byKey(valuesOf(30)))
  })

  test('goes on with another member when one closes', async () => {
    await using pair = await open()
    const [one, other] = [collector(), collector()]
    const reader = await pair.first.consume(TOPIC, NOTIFIERS, one.handle)
    await pair.second.consume(TOPIC, NOTIFIERS, other.handle)
    await pair.second.append(TOPIC, messages(10))
    const all = () => distinct([...one.values(), ...other.values()])
    await eventually(() => all().length === 10, LOG_PATIENCE)
    await reader.close()
    await pair.second.append(TOPIC, messages(10, { first: 10 }))
    await eventually(() => all().length === 20, LOG_PATIENCE)
  })

  test('gets again what was being handled when it was given up', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(5))
    let calls = 0
    const reader = await pair.first.consume(TOPIC, NOTIFIERS, async () => {
      calls += 1
      throw new Error('never works')
    })
    await eventually(() => calls > 1, LOG_PATIENCE)
    await reader.close()
    const seen = collector()
    await pair.second.consume(TOPIC, NOTIFIERS, seen.handle)
    await seen.have(5)
    expect(byKey(seen.values())).toEqual(byKey(valuesOf(5)))
  })
}

function describeFailing(open: OpenLogPair): void {
  test('whose handler throws gets the same records again, in order, and then goes on', async () => {
    await using pair = await open()
    const seen = collector()
    const tries: string[] = []
    await pair.first.append(TOPIC, messages(4, { keys: 1 }))
    await pair.first.consume(TOPIC, NOTIFIERS, async (records) => {
      tries.push(records.map(({ offset }) => offset).join())
      if (tries.length < 6) throw new Error('the store is away')
      await seen.handle(records)
    })
    await seen.have(4)
    expect(new Set(tries)).toEqual(new Set(['0,1,2,3']))
    await pair.first.append(TOPIC, messages(1, { keys: 1, first: 4 }))
    await seen.have(5)
    expect(seen.records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4])
  })

  test('sets poison aside and moves on', async () => {
    await using pair = await open()
    const seen = collector()
    const foreign = [
      { key: 'B60-2026-11-20-JFK', value: '{"half":' },
      { key: 'B60-2026-11-20-JFK' },
      { value: 'no key' },
      { key: '\u0000', value: 'x'.repeat(300_000) },
    ]
    await pair.second.consume(TOPIC, NOTIFIERS, async (records) => {
      for (const record of records) {
        if (record.value?.startsWith('B6')) await seen.handle([record])
        else await pair.second.bury(record, 'not an event')
      }
    })
    await pair.first.append(TOPIC, messages(6))
    for (const message of foreign) await pair.appendForeign(TOPIC, message)
    await pair.first.append(TOPIC, messages(6, { first: 6 }))
    await seen.have(12)
    await eventually(async () => (await pair.first.buried(TOPIC)).length === foreign.length, LOG_PATIENCE)
    const buried = await pair.first.buried(TOPIC)
    expect(buried.map(({ record }) => record.value?.length).sort()).toEqual([300_000, 6, 8, undefined])
    expect(byKey(seen.values())).toEqual(byKey(valuesOf(12)))
  })

  test('that is closed waits for its handler, which is not called again', async () => {
    await using pair = await open()
    const state = { started: 0, ended: 0 }
    const reader = await pair.first.consume(TOPIC, NOTIFIERS, async () => {
      state.started += 1
      await sleep(200)
      state.ended += 1
    })
    await pair.second.append(TOPIC, messages(2))
    await eventually(() => state.started > 0, LOG_PATIENCE)
    await reader.close()
    const atClose = { ...state }
    await pair.second.append(TOPIC, messages(20))
    await sleep(300)
    expect(state).toEqual(atClose)
    expect(state.ended).toBe(state.started)
  })
}

function describeLag(open: OpenLogPair): void {
  test('lags behind by what it has not handled, down to nothing', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(25))
    expect(await pair.second.lag(TOPIC, 'notifiers')).toBe(25)
    const seen = collector()
    const reader = await pair.first.consume(TOPIC, NOTIFIERS, seen.handle)
    await eventually(async () => (await pair.second.lag(TOPIC, 'notifiers')) === 0, LOG_PATIENCE)
    await reader.close()
    await pair.first.append(TOPIC, messages(5))
    expect(await pair.second.lag(TOPIC, 'notifiers')).toBe(5)
    expect(await pair.second.lag(TOPIC, 'nobody')).toBe(30)
  })

  test('is not held to have missed what was removed before it began', async () => {
    await using pair = await open()
    await pair.first.append(TOPIC, messages(30, { keys: 12 }))
    await pair.trim(TOPIC)
    const { offsets } = await pair.first.beginning(TOPIC)
    const kept = 30 - offsets.reduce((sum, offset) => sum + offset, 0)
    expect(await pair.first.lag(TOPIC, 'notifiers')).toBe(kept)
    const seen = collector()
    await pair.first.consume(TOPIC, NOTIFIERS, seen.handle)
    await seen.have(kept)
    expect(seen.records).toHaveLength(kept)
  })
}
