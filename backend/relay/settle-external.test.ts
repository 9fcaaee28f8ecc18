import { describe, expect, test } from 'vitest'
import { decodeDepartureChanged } from '../../src/shared/events/departure-changed.ts'
import { amendment } from '../../src/testing/fixtures/amendment.ts'
import { departure, NOON } from '../../src/testing/fixtures/departure.ts'
import { eventually } from '../../src/testing/fixtures/eventually.ts'
import { createRelayBench, publishedIds } from '../../src/testing/fixtures/relay-bench.ts'

describe('relay and external edits', () => {
  test('a legal one is adopted and published', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    stores.departures.seed(departure())
    await start()
    stores.departures.writeBeside({ departure: departure(), found: { gate: 'C7' }, names: ['gate'] })
    await eventually(() => log.records('flight_updates').length === 1)
    const { change } = decodeDepartureChanged(log.records('flight_updates')[0]?.value)
    expect(change).toMatchObject({ source: 'external', revision: 2, at: NOON })
    expect(change.fields).toEqual({ gate: { from: 'B12', to: 'C7' } })
  })

  test('an illegal one is put back and reported, and tells nobody', async () => {
    await using bench = createRelayBench()
    const { stores, log, logger, start } = bench
    stores.departures.seed(departure())
    await start()
    stores.departures.writeBeside({ departure: departure(), found: { gate: 7 }, names: ['gate'] })
    await eventually(() => stores.departures.restored.length === 1)
    expect(logger.lines).toContainEqual(expect.objectContaining({ level: 'warn' }))
    expect(log.records('flight_updates')).toEqual([])
  })

  test('the legal part of a mixed one is adopted after the rest was put back', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    stores.departures.seed(departure())
    await start()
    const found = { gate: 'C7', scheduledAt: NOON }
    stores.departures.writeBeside({ departure: departure(), found, names: ['gate', 'scheduledAt'] })
    await eventually(() => log.records('flight_updates').length === 1)
    expect(stores.departures.restored).toMatchObject([{ names: ['scheduledAt'] }])
    expect(publishedIds(log)).toEqual([`${departure().id}:2`])
  })

  test('one that came without any hint is found by the rescan', async () => {
    await using bench = createRelayBench()
    const { stores, log, start } = bench
    stores.departures.seed(departure())
    stores.departures.watch = () => async () => undefined
    await start({ externalScan: 10, departures: 10 })
    stores.departures.writeBeside({ departure: departure(), found: { gate: 'C7' }, names: ['gate'] })
    await eventually(() => log.records('flight_updates').length === 1)
  })

  test('a hint that names departures has only these looked at, and one of own writes none', async () => {
    await using bench = createRelayBench()
    const { stores, start } = bench
    const looks: (readonly string[] | undefined)[] = []
    const hints: Parameters<typeof stores.departures.watch>[0][] = []
    stores.departures.watch = (wake) => {
      hints.push(wake)
      return async () => undefined
    }
    stores.departures.externalEdits = async (among) => {
      looks.push(among)
      return []
    }
    await start()
    await eventually(() => looks.length === 1)
    for (const hint of [['a'], [], ['b']]) hints[0]?.(hint)
    await eventually(() => looks.length === 2)
    hints[0]?.([])
    await new Promise((resolve) => setTimeout(resolve, 30))
    hints[0]?.()
    await eventually(() => looks.length === 3)
    expect(looks).toEqual([undefined, ['a', 'b'], undefined])
  })

  test('a look that failed is repeated with all that it was to look at', async () => {
    await using bench = createRelayBench()
    const { stores, start } = bench
    const looks: (readonly string[] | undefined)[] = []
    let wake: Parameters<typeof stores.departures.watch>[0] = () => undefined
    stores.departures.watch = (given) => {
      wake = given
      return async () => undefined
    }
    stores.departures.externalEdits = async (among) => {
      looks.push(among)
      if (looks.length === 2) throw new Error('store away')
      return []
    }
    await start()
    await eventually(() => looks.length === 1)
    wake(['a'])
    await eventually(() => looks.length === 3)
    expect(looks).toEqual([undefined, ['a'], ['a']])
  })

  test('hints without end do not keep the scan from happening', async () => {
    await using bench = createRelayBench()
    const { stores, start } = bench
    let scans = 0
    stores.departures.externalEdits = async () => {
      scans += 1
      return []
    }
    await start({ externalPause: 10 })
    stores.departures.seed(departure())
    for (let edit = 0; edit < 40; edit += 1) {
      const present = (await stores.departures.get(departure().id)) ?? departure()
      await stores.departures.commit(amendment(present, { gate: `C${edit}` }))
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(scans).toBeGreaterThanOrEqual(3)
    expect(scans).toBeLessThan(20)
  })
})
