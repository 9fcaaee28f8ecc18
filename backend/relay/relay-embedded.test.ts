import { describe, expect, test } from 'vitest'
import { createEmbeddedLog } from '../../src/node/embedded/event-log.ts'
import { openEmbeddedStores } from '../../src/node/embedded/open-stores.ts'
import { amend } from '../../src/shared/domain/change.ts'
import { decodeDepartureChanged } from '../../src/shared/events/departure-changed.ts'
import type { EventLog } from '../../src/shared/ports/event-log.ts'
import type { Stores } from '../../src/shared/ports/stores.ts'
import { describeRelayExternal } from '../../src/testing/contracts/relay-external.contract.ts'
import { creation, feedStamp } from '../../src/testing/fixtures/amendment.ts'
import { departure, departures } from '../../src/testing/fixtures/departure.ts'
import { openEmbeddedDatabase, openEmbeddedPair } from '../../src/testing/fixtures/embedded-pair.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { silentLog } from '../../src/testing/fixtures/logs.ts'
import { type RelayProcess, startRelayProcess } from '../../src/testing/fixtures/relay-process.ts'

const KILLS = 6
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Edits departures in turn until told to stop. @returns how often each was edited */
async function editUntil({ departures: store }: Stores, isOver: () => boolean): Promise<ReadonlyMap<string, number>> {
  const edits = new Map<string, number>()
  for (let serial = 0; !isOver(); serial += 1) {
    const { id } = departures(8)[serial % 8] ?? departure()
    const present = await store.get(id)
    const made = present && amend(present, { gate: `C${serial}` }, feedStamp({ at: Date.now() }))
    if (made && (await store.commit(made)).outcome === 'committed') edits.set(id, (edits.get(id) ?? 0) + 1)
    await pause(2)
  }
  return edits
}

/** Of each departure, revisions in the order of their first appearance: what a reader that drops repetitions sees. */
async function readPublished(log: EventLog): Promise<ReadonlyMap<string, readonly number[]>> {
  const seen = new Map<string, number[]>()
  const { offsets } = await log.end('flight_updates')
  let count = 0
  const reader = await log.tail('flight_updates', await log.beginning('flight_updates'), {
    async handle(records) {
      count += records.length
      for (const { value } of records) {
        const { departureId, revision } = decodeDepartureChanged(value).change
        const revisions = seen.get(departureId) ?? []
        if (!revisions.includes(revision)) revisions.push(revision)
        seen.set(departureId, revisions)
      }
    },
  })
  await eventually(() => count >= (offsets[0] ?? 0))
  await reader.close()
  return seen
}

describe('relays that are killed', () => {
  test('lose nothing, keep the order, and the next one goes on', async () => {
    await using opened = await openEmbeddedDatabase()
    const { database } = opened
    const stores = openEmbeddedStores(database)
    await stores.departures.commitAll(departures(8).map((each) => creation(each)))
    let isOver = false
    const editing = editUntil(stores, () => isOver)
    const relays: RelayProcess[] = [startRelayProcess(database.file), startRelayProcess(database.file)]
    for (let kill = 0; kill < KILLS; kill += 1) {
      await pause(400 + Math.random() * 300)
      const killed = relays.shift()
      killed?.process.kill('SIGKILL')
      await killed?.ended
      relays.push(startRelayProcess(database.file))
    }
    isOver = true
    const edits = await editing
    await eventually(async () => (await stores.departures.backlog()).count === 0, 10_000)
    for (const { process: child } of relays) child.kill('SIGKILL')
    await Promise.all(relays.map(({ ended }) => ended))
    const expected = [...edits].map(
      ([id, count]) => [id, Array.from({ length: count + 1 }, (_, at) => at + 1)] as const,
    )
    const published = await readPublished(createEmbeddedLog(database, silentLog()))
    expect(new Map([...published].sort())).toEqual(new Map([...expected].sort()))
    expect(await stores.history.count()).toBe([...edits.values()].reduce((sum, count) => sum + count + 1, 0))
  })
})

describeRelayExternal('embedded', openEmbeddedPair)
