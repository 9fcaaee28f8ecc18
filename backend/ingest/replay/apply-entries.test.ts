import { describe, expect, test } from 'vitest'
import { amend, create, type FactsPatch, type Stamp } from '../../../src/shared/domain/change.ts'
import type { Departure } from '../../../src/shared/domain/departure.ts'
import { MINUTE } from '../../../src/shared/domain/instant.ts'
import { type DepartureStore, OUTBOX_CAP } from '../../../src/shared/ports/departure-store.ts'
import { openEmbeddedPair } from '../../../src/testing/fixtures/embedded-pair.ts'
import { sampleDay, sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import { type ApplyParts, applyEntries } from './apply-entries.ts'
import { planDay } from './plan-day.ts'
import { openScript, type ScriptEntry } from './script.ts'

const plan = planDay(sampleDay('2013-03-08'), sampleReference(), { today: '2026-11-21' })
const progress = { date: plan.date, historicalUntil: 0, playedUntil: Number.MIN_SAFE_INTEGER }
const desk: Stamp = { source: 'desk', at: 1, operationalAt: 1, by: { name: 'gwen', role: 'gate' } }

/** The whole script of the first flight that left late. */
function lateFlight(): readonly ScriptEntry[] {
  const late = plan.events.find(({ patch }) => patch.estimatedAt)
  return openScript(plan, progress).entries.filter(({ departureId }) => departureId === late?.departureId)
}

function partsOf(departures: DepartureStore, overrides: Partial<ApplyParts> = {}): ApplyParts {
  const signal = new AbortController().signal
  const clock = { wall: () => 5 }
  return {
    ...{ departures, clock, known: new Map(), fingerprint: 'f', historicalUntil: 0, replaces: false, signal },
    ...overrides,
  }
}

async function edit(departures: DepartureStore, id: string, patch: FactsPatch): Promise<Departure> {
  const present = await departures.get(id)
  const amendment = present && amend(present, patch, desk)
  if (!amendment) throw new Error('nothing to edit')
  const result = await departures.commit(amendment)
  if (result.outcome !== 'committed') throw new Error(result.outcome)
  return result.departure
}

/** Lets a desk be faster before certain writes of the feed. */
function withDesk(departures: DepartureStore, act: (write: number) => Promise<unknown>): DepartureStore {
  let writes = 0
  return {
    ...departures,
    async commitAll(amendments) {
      writes += 1
      await act(writes)
      return departures.commitAll(amendments)
    },
  }
}

describe('applyEntries', () => {
  test('a desk that edits before every single write loses nothing and stops nothing', async () => {
    await using pair = await openEmbeddedPair()
    const entries = lateFlight()
    const id = entries[0]?.departureId ?? ''
    const remarks: string[] = []
    const departures = withDesk(pair.first.departures, async (write) => {
      if (write < 2 || remarks.length >= 20) return
      remarks.push(`remark ${write}`)
      await edit(pair.second.departures, id, { remark: `remark ${write}` })
    })

    await applyEntries(partsOf(departures), entries)

    const last = await pair.first.departures.get(id)
    const changes = (await pair.first.departures.unpublished(1_000)).map(({ change }) => change)
    expect(last?.remark).toBe(remarks.at(-1))
    expect(last?.inBlockAt).toBeDefined()
    expect(changes.map(({ revision }) => revision)).toEqual(changes.map((_, index) => index + 1))
    expect(changes.filter(({ source }) => source === 'desk')).toHaveLength(remarks.length)
    expect(changes.filter(({ source }) => source === 'feed')).toHaveLength(entries.length - 1)
  })

  test('a manual estimate stands until the actual time, with the differing one of the feed beside it', async () => {
    await using pair = await openEmbeddedPair()
    const { departures } = pair.first
    const entries = lateFlight()
    const parts = partsOf(departures)
    const estimate = entries.findIndex((entry) => 'event' in entry && entry.event.patch.estimatedAt)
    const offBlock = entries.findIndex((entry) => 'event' in entry && entry.event.patch.offBlockAt)
    await applyEntries(parts, entries.slice(0, estimate))
    const manual = await edit(departures, entries[0]?.departureId ?? '', { estimatedAt: 90 * MINUTE })

    await applyEntries(parts, entries.slice(estimate, offBlock))
    const held = await departures.get(manual.id)
    await applyEntries(parts, entries.slice(offBlock))
    const last = await departures.get(manual.id)

    expect(held).toMatchObject({ estimatedAt: 90 * MINUTE, sources: { estimatedAt: { source: 'desk' } } })
    expect(held?.feedEstimatedAt).toBeDefined()
    expect(last?.offBlockAt).toBeDefined()
    expect(last).not.toHaveProperty('feedEstimatedAt')
  })

  test('an off-block of a manually cancelled departure raises one conflict and reinstates nothing', async () => {
    await using pair = await openEmbeddedPair()
    const { departures } = pair.first
    const entries = lateFlight()
    const parts = partsOf(departures)
    await applyEntries(parts, entries.slice(0, 1))
    const { id } = await edit(departures, entries[0]?.departureId ?? '', { cancelled: { at: 1, reason: 'WEAT' } })

    await applyEntries(parts, entries.slice(1))

    const last = await departures.get(id)
    expect(last?.cancelled).toMatchObject({ reason: 'WEAT' })
    expect(last).not.toHaveProperty('offBlockAt')
    expect(last?.conflicts).toMatchObject([{ kind: 'OFF_BLOCK_WHILE_CANCELLED', source: 'feed' }])
  })

  test('entries that come again change nothing, even where a desk has since gone another way', async () => {
    await using pair = await openEmbeddedPair()
    const { departures } = pair.first
    const entries = lateFlight()
    await applyEntries(partsOf(departures), entries)
    const id = entries[0]?.departureId ?? ''
    const known = new Map([[id, await edit(departures, id, { gate: 'Z9', boardingAt: null })]])

    expect(await applyEntries(partsOf(departures, { known }), entries)).toBe(0)
    const last = await departures.get(id)
    expect(last).toMatchObject({ gate: 'Z9' })
    expect(last).not.toHaveProperty('boardingAt')
  })

  test('a full outbox is waited for', async () => {
    await using pair = await openEmbeddedPair()
    const { departures } = pair.first
    const entries = lateFlight()
    const parts = partsOf(departures)
    await applyEntries(parts, entries.slice(0, 1))
    const id = entries[0]?.departureId ?? ''
    for (let count = 1; count < OUTBOX_CAP; count += 1) await edit(departures, id, { remark: `remark ${count}` })

    const applying = applyEntries(parts, entries.slice(1))
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect((await departures.backlog()).count).toBe(OUTBOX_CAP)
    await departures.markPublished((await departures.unpublished(OUTBOX_CAP)).map(({ change }) => change))

    expect(await applying).toBe(entries.length - 1)
  })

  test('waiting for a full outbox ends with the process', async () => {
    await using pair = await openEmbeddedPair()
    const { departures } = pair.first
    const entries = lateFlight()
    const stop = new AbortController()
    const parts = partsOf(departures, { signal: stop.signal })
    await applyEntries(parts, entries.slice(0, 1))
    for (let count = 1; count < OUTBOX_CAP; count += 1) {
      await edit(departures, entries[0]?.departureId ?? '', { remark: `remark ${count}` })
    }

    const applying = applyEntries(parts, entries.slice(1))
    setTimeout(() => stop.abort(), 20)

    await expect(applying).rejects.toThrow(/abort/i)
  })

  test('a value that somebody wrote beside us is waited for until it is adopted', async () => {
    await using pair = await openEmbeddedPair()
    const { departures } = pair.first
    const entries = lateFlight()
    const parts = partsOf(departures)
    const offBlock = entries.findIndex((entry) => 'event' in entry && entry.event.patch.offBlockAt)
    await applyEntries(parts, entries.slice(0, offBlock))
    await pair.external.write(entries[0]?.departureId ?? '', { offBlockAt: 77 })

    const applying = applyEntries(parts, entries.slice(offBlock))
    await new Promise((resolve) => setTimeout(resolve, 30))
    const [found] = await departures.externalEdits()
    if (!found) throw new Error('nothing was found beside us')
    const adopted = amend(found.departure, { offBlockAt: 77 }, { ...desk, source: 'external' })
    if (!adopted) throw new Error('nothing to adopt')
    await departures.adopt(found, adopted)

    expect(await applying).toBe(entries.length - offBlock)
  })

  test('a real departure of the same name is left alone', async () => {
    await using pair = await openEmbeddedPair()
    const { departures } = pair.first
    const entries = lateFlight()
    const [first] = entries
    if (!first || !('appears' in first)) throw new Error('a script begins with an appearance')
    const { identity, facts } = first.appears
    await departures.commit(create({ ...identity, demo: false }, facts, desk))

    expect(await applyEntries(partsOf(departures), entries)).toBe(0)
    expect(await departures.get(identity.id)).toMatchObject({ revision: 1, demo: false })
  })
})
