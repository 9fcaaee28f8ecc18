import { describe, expect, test } from 'vitest'
import { amend, type FactsPatch, type Stamp } from '../../../src/shared/domain/change.ts'
import { HOUR, MINUTE } from '../../../src/shared/domain/instant.ts'
import { type DepartureStore, OUTBOX_CAP } from '../../../src/shared/ports/departure-store.ts'
import { fixedClock } from '../../../src/testing/fixtures/clocks.ts'
import { openEmbeddedPair } from '../../../src/testing/fixtures/embedded-pair.ts'
import { sampleReference } from '../../../src/testing/fixtures/real-days.ts'
import { importDepartures } from './import-departures.ts'

const reference = sampleReference()
const header = 'carrier,number,origin_date,origin,destination,scheduled_departure'
const plain = 'B6,739,2026-11-20,JFK,SJU,2026-11-20T09:00'
const ID = 'B6739-2026-11-20-JFK'
// 09:00 in New York.
const NINE = Date.UTC(2026, 10, 20, 14)

const desk: Stamp = { source: 'desk', at: NINE, operationalAt: NINE, by: { name: 'gwen', role: 'gate' } }

async function openDesk() {
  const pair = await openEmbeddedPair()
  const { departures } = pair.first
  return {
    pair,
    departures,
    load: (text: string, stores: { readonly departures: DepartureStore } = { departures }) =>
      importDepartures(text, { stores, clock: fixedClock(), reference }),
    async edit(patch: FactsPatch) {
      const present = await departures.get(ID)
      const amendment = present && amend(present, patch, desk)
      if (amendment) await departures.commit(amendment)
    },
    [Symbol.asyncDispose]: () => pair[Symbol.asyncDispose](),
  }
}

/** Columns and cells of one row beside those that every row has. */
function rowWith(cells: Readonly<Record<string, string>>): string {
  return `${header},${Object.keys(cells).join()}\n${plain},${Object.values(cells).join()}\n`
}

describe('importDepartures', () => {
  test('a full row becomes a departure with source import', async () => {
    await using desk = await openDesk()
    const csv = rowWith({
      suffix: 'a',
      scheduled_arrival: '2026-11-20T14:00',
      estimated_departure: '2026-11-20T14:25Z',
      terminal: '5',
      gate: 'b 12',
      stand: '512',
      registration: 'n586jb',
      aircraft_type: 'a320',
      codeshares: 'LH6800; EK123',
      cancelled: 'no',
    })

    expect(await desk.load(csv)).toEqual({ accepted: 1, rejected: [] })
    expect(await desk.departures.get('B6739A-2026-11-20-JFK')).toMatchObject({
      originZone: 'America/New_York',
      destinationZone: 'America/Puerto_Rico',
      suffix: 'A',
      codeshares: ['LH6800', 'EK123'],
      demo: false,
      scheduledAt: NINE,
      // Puerto Rico is an hour ahead of New York in November.
      scheduledArrivalAt: NINE + 4 * HOUR,
      estimatedAt: NINE + 25 * MINUTE,
      terminal: '5',
      gate: 'B12',
      stand: '512',
      aircraft: { registration: 'N586JB', type: 'A320' },
      sources: { gate: { source: 'import' } },
      revision: 1,
    })
  })

  test('repeating an import changes nothing', async () => {
    await using desk = await openDesk()
    const csv = rowWith({ gate: 'B12', estimated_departure: '2026-11-20T09:30', cancelled: 'WEAT' })
    await desk.load(csv)

    expect(await desk.load(csv)).toEqual({ accepted: 1, rejected: [] })
    expect(await desk.departures.get(ID)).toMatchObject({ revision: 1, cancelled: { reason: 'WEAT' } })
  })

  test('a changed file amends what is there, once per departure', async () => {
    await using desk = await openDesk()
    await desk.load(rowWith({ gate: 'B12', aircraft_type: 'A320' }))

    await desk.load(rowWith({ gate: 'B14', registration: 'N1AB' }))

    expect(await desk.departures.get(ID)).toMatchObject({
      revision: 2,
      gate: 'B14',
      aircraft: { registration: 'N1AB', type: 'A320' },
    })
  })

  test('of two rows about one departure the later one holds', async () => {
    await using desk = await openDesk()

    const report = await desk.load(`${header},gate\n${plain},B1\n${plain},B2\n${plain},B3\n`)

    expect(report).toEqual({ accepted: 3, rejected: [] })
    expect(await desk.departures.get(ID)).toMatchObject({ gate: 'B3', revision: 3 })
  })

  test('a further leg under the same key is named by its sequence', async () => {
    await using desk = await openDesk()
    await desk.load(rowWith({ sequence: '2' }))

    expect(await desk.departures.get(`${ID}.2`)).toMatchObject({ number: '739' })
  })

  test.each([
    ['carrier', 'JBU', 'carrier'],
    ['number', '0', 'number'],
    ['origin_date', '2026-02-31', 'origin_date'],
    ['origin_date', '20.11.2026', 'origin_date'],
    ['origin', 'J', 'origin'],
    ['origin', 'QQQ', 'origin_zone'],
    ['destination', '', 'destination'],
    ['scheduled_departure', 'nine', 'scheduled_departure'],
    ['scheduled_departure', '2026-11-20T25:00', 'scheduled_departure'],
    ['scheduled_departure', '2026-11-25T09:00', '5 days'],
    ['scheduled_arrival', '2026-11-20T08:00', 'scheduled_arrival'],
    ['estimated_departure', '2026-12-20T08:00', 'FL_ESTIMATE_INVALID'],
    ['gate', 'B-12!', 'FL_GATE_INVALID'],
    ['suffix', 'AB', 'suffix'],
    ['sequence', '0', 'sequence'],
    ['registration', '?', 'registration'],
    ['aircraft_type', 'AIRBUS', 'aircraft_type'],
    ['codeshares', 'LH 6800', 'codeshares'],
    ['cancelled', 'perhaps', 'cancelled'],
    ['origin_zone', 'Mars/Base', 'origin_zone'],
    ['destination_zone', 'Mars/Base', 'destination_zone'],
  ])('%s "%s" is named with its line, and the rest loads', async (column, value, told) => {
    await using desk = await openDesk()
    const names = header.split(',').includes(column) ? header.split(',') : [...header.split(','), column]
    const values = new Map(header.split(',').map((name, index) => [name, plain.split(',')[index] ?? '']))
    const broken = names.map((name) => (name === column ? value : values.get(name))).join()
    const fine = names.map((name) => (name === 'number' ? '1' : (values.get(name) ?? ''))).join()

    const { accepted, rejected } = await desk.load(`${names.join()}\n${fine}\n\n${broken}\n`)

    expect(accepted).toBe(1)
    expect(rejected).toHaveLength(1)
    expect(rejected[0]?.line).toBe(4)
    expect(`${rejected[0]?.code} ${rejected[0]?.message}`).toContain(told)
  })

  test('a local time without a known zone asks for the zone, and takes it', async () => {
    await using desk = await openDesk()
    const row = 'B6,1,2026-11-20,JFK,QQQ,2026-11-20T09:00,2026-11-20T12:00'

    const refused = await desk.load(`${header},scheduled_arrival\n${row}\n`)
    const taken = await desk.load(`${header},scheduled_arrival,destination_zone\n${row},America/Denver\n`)

    expect(refused.rejected[0]?.message).toContain('zone')
    expect(taken.accepted).toBe(1)
    expect(await desk.departures.get('B61-2026-11-20-JFK')).toMatchObject({ scheduledArrivalAt: NINE + 5 * HOUR })
  })

  test('a leg cannot go elsewhere or get other codeshares once it exists', async () => {
    await using desk = await openDesk()
    await desk.load(rowWith({ codeshares: 'LH6800' }))

    const elsewhere = await desk.load(`${header}\n${plain.replace('SJU', 'BOS')}\n`)
    const renamed = await desk.load(rowWith({ codeshares: 'EK1' }))
    const silent = await desk.load(rowWith({ codeshares: '' }))

    expect(elsewhere.rejected).toMatchObject([{ line: 2, code: 'FL_CSV_ROW' }])
    expect(renamed.rejected).toMatchObject([{ line: 2, code: 'FL_CSV_ROW' }])
    expect(silent.accepted).toBe(1)
  })

  test('what a desk has set since stands', async () => {
    await using desk = await openDesk()
    const csv = rowWith({ gate: 'B12', stand: '512', estimated_departure: '2026-11-20T09:30' })
    await desk.load(csv)
    await desk.edit({ gate: 'C7', estimatedAt: NINE + HOUR })

    expect((await desk.load(csv)).accepted).toBe(1)

    expect(await desk.departures.get(ID)).toMatchObject({
      gate: 'C7',
      estimatedAt: NINE + HOUR,
      feedEstimatedAt: NINE + 30 * MINUTE,
      stand: '512',
    })
    const revision = (await desk.departures.get(ID))?.revision
    await desk.load(csv)
    expect((await desk.departures.get(ID))?.revision).toBe(revision)
  })

  test('a cancellation by the file is taken back by the file, one by a desk is not', async () => {
    await using desk = await openDesk()
    await desk.load(rowWith({ cancelled: 'yes' }))
    await desk.load(rowWith({ cancelled: 'no' }))
    expect(await desk.departures.get(ID)).not.toHaveProperty('cancelled')

    await desk.edit({ cancelled: { at: 1, reason: 'CREW' } })
    await desk.load(rowWith({ cancelled: 'no' }))
    expect(await desk.departures.get(ID)).toMatchObject({ cancelled: { reason: 'CREW' } })
    await desk.edit({ cancelled: null })
    await desk.load(rowWith({ cancelled: 'yes' }))
    expect(await desk.departures.get(ID)).not.toHaveProperty('cancelled')
  })

  test('a departure that has left is neither cancelled nor estimated', async () => {
    await using desk = await openDesk()
    await desk.load(rowWith({ gate: 'B12' }))
    await desk.edit({ offBlockAt: NINE })

    const estimated = await desk.load(rowWith({ estimated_departure: '2026-11-20T09:30' }))
    const cancelled = await desk.load(rowWith({ cancelled: 'yes' }))

    expect(estimated).toEqual({ accepted: 1, rejected: [] })
    expect(cancelled.rejected).toMatchObject([{ line: 2, code: 'FL_CANCELLATION_INVALID' }])
    expect(await desk.departures.get(ID)).not.toHaveProperty('estimatedAt')
  })

  test('a desk that edits in between loses nothing', async () => {
    await using desk = await openDesk()
    await desk.load(rowWith({ gate: 'B12' }))
    let writes = 0
    const departures: DepartureStore = {
      ...desk.departures,
      async commitAll(amendments) {
        writes += 1
        if (writes < 5) await desk.edit({ remark: `remark ${writes}` })
        return desk.departures.commitAll(amendments)
      },
    }

    expect((await desk.load(rowWith({ gate: 'B14' }), { departures })).accepted).toBe(1)
    expect(await desk.departures.get(ID)).toMatchObject({ gate: 'B14', remark: 'remark 4', revision: 6 })
  })

  test('a full outbox is named when it does not empty', async () => {
    await using desk = await openDesk()
    await desk.load(rowWith({ gate: 'B12' }))
    for (let count = 1; count < OUTBOX_CAP; count += 1) await desk.edit({ remark: `remark ${count}` })

    const { accepted, rejected } = await desk.load(rowWith({ gate: 'B14' }))

    expect(accepted).toBe(0)
    expect(rejected).toMatchObject([{ line: 2, code: 'FL_OUTBOX_FULL' }])
  })

  test('a store that fails fails the import rather than the rows', async () => {
    await using desk = await openDesk()
    const departures = { ...desk.departures, commitAll: () => Promise.reject(new Error('disk gone')) }

    await expect(desk.load(rowWith({ gate: 'B1' }), { departures })).rejects.toThrow('disk gone')
  })

  test('thousands of rows load, and again without a change', async () => {
    await using desk = await openDesk()
    const rows = Array.from({ length: 3_000 }, (_, index) => `B6,${index + 1},2026-11-20,JFK,SJU,2026-11-20T09:00`)
    const csv = `${header}\n${rows.join('\r\n')}\n`

    expect(await desk.load(csv)).toEqual({ accepted: 3_000, rejected: [] })
    expect(await desk.load(csv)).toEqual({ accepted: 3_000, rejected: [] })
    expect((await desk.departures.backlog()).count).toBe(3_000)
  })
})
