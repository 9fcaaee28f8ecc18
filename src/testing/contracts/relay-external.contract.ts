import { describe, expect, test } from 'vitest'
import { startRelay } from '../../../backend/relay/start-relay.ts'
import { systemClock } from '../../node/clock/system-clock.ts'
import { decodeDepartureChanged } from '../../shared/events/departure-changed.ts'
import { amendment, creation } from '../fixtures/amendment.ts'
import { departure } from '../fixtures/departure.ts'
import { eventually } from '../fixtures/eventually.ts'
import { recordingLog } from '../fixtures/logs.ts'
import { memoryLog } from '../twins/memory-log.ts'
import type { OpenPair } from './store-pair.ts'

const { id } = departure()

/** What the relay makes of writes beside the store, on a real engine. */
export function describeRelayExternal(label: string, open: OpenPair): void {
  async function start() {
    const pair = await open()
    const [log, logger] = [memoryLog(), recordingLog()]
    await pair.first.departures.commit(creation())
    const times = { externalScan: 500 }
    const relay = await startRelay({ stores: pair.first, log, clock: systemClock, logger, times })
    const published = () => log.records('flight_updates').map(({ value }) => decodeDepartureChanged(value))
    await eventually(() => published().length === 1)
    return {
      ...{ pair, published, logger },
      async [Symbol.asyncDispose]() {
        await relay.close()
        await pair[Symbol.asyncDispose]()
      },
    }
  }

  describe(`relay and writes beside the store: ${label}`, () => {
    test('legal ones are adopted and published, illegal ones of the same write put back', async () => {
      await using world = await start()
      const { pair, published, logger } = world
      await pair.external.write(id, { gate: 'C7', terminal: 5, estimatedAt: 'soon' })
      await eventually(() => published().length === 2)
      const [, event] = published()
      expect(event?.change).toMatchObject({
        source: 'external',
        revision: 2,
        fields: { gate: { from: 'B12', to: 'C7' } },
      })
      expect(event?.departure).toMatchObject({ gate: 'C7', terminal: '5' })
      expect(await pair.second.departures.get(id)).toEqual(event?.departure)
      expect(await pair.second.departures.externalEdits()).toEqual([])
      const document = await pair.external.read(id)
      expect(document).toMatchObject({ gate: 'C7', terminal: '5' })
      expect(document).not.toHaveProperty('estimatedAt')
      const warned = logger.lines.filter(({ level }) => level === 'warn')
      expect(warned).toMatchObject([{ fields: { problems: [{ name: 'estimatedAt' }, { name: 'terminal' }] } }])
    })

    test('a field that was removed is cleared, and an edit of ours goes on from there', async () => {
      await using world = await start()
      const { pair, published } = world
      await pair.external.write(id, { gate: undefined })
      await eventually(() => published().length === 2)
      const present = await pair.second.departures.get(id)
      expect(present).not.toHaveProperty('gate')
      await pair.second.departures.commit(amendment(present, { gate: 'A1' }))
      await eventually(() => published().length === 3)
      expect(published().map(({ change }) => change.source)).toEqual(['schedule', 'external', 'desk'])
    })

    test('nothing loops: adoption and putting back end, and own edits are no external ones', async () => {
      await using world = await start()
      const { pair, published, logger } = world
      await pair.external.write(id, { gate: 'C7', stand: 7 })
      await eventually(() => published().length === 2)
      await new Promise((resolve) => setTimeout(resolve, 1200))
      expect(published()).toHaveLength(2)
      expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
      expect((await pair.first.departures.backlog()).count).toBe(0)
    })
  })
}
