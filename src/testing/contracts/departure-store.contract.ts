import { describe, expect, test } from 'vitest'
import type { FactsPatch } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { MINUTE } from '../../shared/domain/instant.ts'
import { COMMANDS_KEPT, type DepartureStore } from '../../shared/ports/departure-store.ts'
import { amendment, creation } from '../fixtures/amendment.ts'
import { departure, departures, NOON } from '../fixtures/departure.ts'
import { describeDepartureBulk } from './departure-bulk.contract.ts'
import { describeDepartureOutbox } from './departure-outbox.contract.ts'
import { describeDepartureRaces } from './departure-races.contract.ts'
import { describeExternalEdits } from './external-edits.contract.ts'
import type { OpenPair } from './store-pair.ts'

/** What every `DepartureStore` keeps to, on whatever engine. */
export function describeDepartureStore(name: string, open: OpenPair): void {
  describe(`DepartureStore on ${name}`, () => {
    describe('reads', () => describeReads(open))
    describe('commit', () => describeCommit(open))
    describe('repeated commands', () => describeRepetition(open))
    describe('commitAll', () => describeDepartureBulk(open))
    describe('races', () => describeDepartureRaces(open))
    describe('outbox', () => describeDepartureOutbox(open))
    describe('external edits', () => describeExternalEdits(open))
  })
}

function describeReads(open: OpenPair): void {
  test('a departure is read as it was written, by every connection', async () => {
    await using pair = await open()
    const made = departure({
      aircraft: { registration: 'N1JB' },
      codeshares: ['LH6800'],
      remark: `it's "$5.00" – ök {a.b}`,
    })
    await pair.first.departures.commit(creation(made))
    expect(await pair.first.departures.get(made.id)).toEqual(made)
    expect(await pair.second.departures.get(made.id)).toEqual(made)
  })

  test('an unknown departure is absent', async () => {
    await using pair = await open()
    expect(await pair.first.departures.get('XX1-2026-11-20-JFK')).toBeUndefined()
    expect(await pair.first.departures.get('')).toBeUndefined()
    expect(await pair.first.departures.listBetween(0, NOON * 2)).toEqual([])
  })

  test('a list holds its beginning, not its end, by schedule and then id', async () => {
    await using pair = await open()
    const [a, b, c, d] = ['B64', 'B62', 'B63', 'B61'].map((flight) => `${flight}-2026-11-20-JFK`)
    const times = [NOON - 1, NOON, NOON, NOON + MINUTE]
    for (const [index, id] of [a, b, c, d].entries()) {
      await pair.first.departures.commit(creation(departure({ id: String(id), scheduledAt: times[index] ?? NOON })))
    }
    const list = await pair.second.departures.listBetween(NOON, NOON + MINUTE)
    expect(list.map(({ id }) => id)).toEqual([b, c])
    expect((await pair.first.departures.listBetween(0, NOON * 2)).map(({ id }) => id)).toEqual([a, b, c, d])
  })

  test('a retimed departure is listed at its new time', async () => {
    await using pair = await open()
    const store = pair.first.departures
    const start = await given(store, departure({ scheduledAt: NOON }))
    await store.commit(amendment(start, { scheduledAt: NOON + 90 * MINUTE }))
    expect(await store.listBetween(NOON, NOON + MINUTE)).toEqual([])
    expect(await store.listBetween(NOON + 90 * MINUTE, NOON + 91 * MINUTE)).toMatchObject([{ id: start.id }])
  })
}

function describeCommit(open: OpenPair): void {
  test('an insertion answers with the departure and refuses to happen twice', async () => {
    await using pair = await open()
    const made = creation(departure({ revision: 3 }))
    expect(await pair.first.departures.commit(made)).toEqual({ outcome: 'committed', departure: made.next })
    const again = await pair.second.departures.commit(creation(departure({ gate: 'Z1' })))
    expect(again).toEqual({ outcome: 'exists', departure: made.next })
    expect(await pair.first.departures.get(made.next.id)).toEqual(made.next)
    expect(await pair.first.departures.backlog()).toMatchObject({ count: 1 })
  })

  test('an edit answers with what then is stored', async () => {
    await using pair = await open()
    const edit = amendment(await given(pair.first.departures, departure()), { gate: 'C7', remark: 'moved' })
    expect(await pair.second.departures.commit(edit)).toEqual({ outcome: 'committed', departure: edit.next })
    expect(await pair.first.departures.get(edit.next.id)).toEqual(edit.next)
  })

  test('facts of every shape are set, changed and cleared', async () => {
    await using pair = await open()
    const patches: readonly FactsPatch[] = [
      { aircraft: { type: '320' }, delays: [{ scheme: 'AHM730', code: '41', minutes: 20 }] },
      { aircraft: { registration: 'N1JB', type: '320' }, cancelled: { at: NOON, reason: 'WEAT' } },
      {
        conflicts: [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: NOON, source: 'feed', at: NOON }],
        diverted: { at: NOON },
      },
      { aircraft: null, delays: null, cancelled: null, conflicts: null, diverted: null, gate: null },
    ]
    let present = await given(pair.first.departures, departure())
    for (const patch of patches) {
      const edit = amendment(present, patch)
      expect(await pair.first.departures.commit(edit)).toEqual({ outcome: 'committed', departure: edit.next })
      present = edit.next
      expect(await pair.second.departures.get(present.id)).toEqual(present)
    }
    expect(Object.keys((await pair.first.departures.get(present.id)) ?? {})).not.toContain('gate')
  })

  test('an edit of an unknown departure is told so and leaves nothing behind', async () => {
    await using pair = await open()
    expect(await pair.first.departures.commit(amendment())).toEqual({ outcome: 'unknown' })
    expect(await pair.first.departures.get(departure().id)).toBeUndefined()
    expect(await pair.first.departures.backlog()).toEqual({ count: 0 })
  })

  test('the second of two edits from the same revision is refused with the present state', async () => {
    await using pair = await open()
    const start = await given(pair.first.departures, departure())
    const winner = amendment(start, { gate: 'A1' })
    await pair.first.departures.commit(winner)
    const late = await pair.second.departures.commit(amendment(start, { stand: '42' }))
    expect(late).toEqual({ outcome: 'stale', departure: winner.next })
    expect(await pair.first.departures.get(start.id)).toEqual(winner.next)
    expect(await pair.first.departures.backlog()).toMatchObject({ count: 2 })
  })

  test('an edit from a revision that does not exist yet is refused', async () => {
    await using pair = await open()
    const start = await given(pair.first.departures, departure())
    const result = await pair.first.departures.commit(amendment({ ...start, revision: 5 }, { gate: 'A1' }))
    expect(result).toEqual({ outcome: 'stale', departure: start })
  })

  test('a touched fact that is not as the desk saw it is refused although the revision fits', async () => {
    await using pair = await open()
    const start = await given(pair.first.departures, departure())
    const result = await pair.first.departures.commit(amendment({ ...start, gate: 'X9' }, { gate: 'A1' }))
    expect(result).toEqual({ outcome: 'stale', departure: start })
    const { gate, ...gateless } = start
    expect(await pair.first.departures.commit(amendment(gateless, { gate: 'A1' }))).toMatchObject({ outcome: 'stale' })
  })

  test('facts that are not touched are not written, nor is their provenance', async () => {
    await using pair = await open()
    const start = await given(pair.first.departures, departure())
    const wrong = {
      ...start,
      terminal: 'ghost',
      stand: 'ghost',
      sources: { ...start.sources, terminal: { source: 'desk', at: 1 } },
    } as const
    const result = await pair.first.departures.commit(amendment(wrong, { gate: 'A1' }))
    const stored = await pair.second.departures.get(start.id)
    expect(result).toEqual({ outcome: 'committed', departure: stored })
    expect(stored).toMatchObject({ gate: 'A1', terminal: '5', revision: 2 })
    expect(stored).not.toHaveProperty('stand')
    expect(stored?.sources).toMatchObject({ terminal: start.sources.terminal, gate: { source: 'desk', by: 'gwen' } })
  })
}

function describeRepetition(open: OpenPair): void {
  test('a command that comes again gets its first answer and changes nothing', async () => {
    await using pair = await open()
    const edit = amendment(await given(pair.first.departures, departure()), { gate: 'C7' }, { commandId: 'k1' })
    await pair.first.departures.commit(edit)
    const again = await pair.second.departures.commit(edit)
    expect(again).toEqual({ outcome: 'repeated', revision: 2, departure: edit.next })
    expect(await pair.first.departures.backlog()).toMatchObject({ count: 2 })
  })

  test('it gets it also when others have edited since', async () => {
    await using pair = await open()
    const edit = amendment(await given(pair.first.departures, departure()), { gate: 'C7' }, { commandId: 'k1' })
    await pair.first.departures.commit(edit)
    const later = amendment(edit.next, { gate: 'D8' }, { commandId: 'k2' })
    await pair.second.departures.commit(later)
    const again = await pair.first.departures.commit(edit)
    expect(again).toEqual({ outcome: 'repeated', revision: 2, departure: later.next })
  })

  test('the same command id on another departure is no repetition', async () => {
    await using pair = await open()
    for (const made of departures(2)) {
      const edit = amendment(await given(pair.first.departures, made), { gate: 'C7' }, { commandId: 'k1' })
      expect(await pair.first.departures.commit(edit)).toMatchObject({ outcome: 'committed' })
    }
  })

  test('an insertion by command can be repeated as well', async () => {
    await using pair = await open()
    const made = creation(departure(), { commandId: 'k1' })
    await pair.first.departures.commit(made)
    expect(await pair.first.departures.commit(made)).toEqual({ outcome: 'repeated', revision: 1, departure: made.next })
  })

  test(`the last ${COMMANDS_KEPT} commands are kept`, async () => {
    await using pair = await open()
    const store = pair.first.departures
    const start = await given(store, departure())
    let present = start
    for (let index = 0; index <= COMMANDS_KEPT; index += 1) {
      const edit = amendment(present, { remark: `edit ${index}` }, { commandId: `k${index}` })
      await store.commit(edit)
      present = edit.next
    }
    const repeat = (commandId: string) => store.commit(amendment(start, { gate: 'A1' }, { commandId }))
    expect(await repeat('k1')).toEqual({ outcome: 'repeated', revision: 3, departure: present })
    expect(await repeat('k0')).toEqual({ outcome: 'stale', departure: present })
  })
}

async function given(store: DepartureStore, made: Departure): Promise<Departure> {
  await store.commit(creation(made))
  return made
}
