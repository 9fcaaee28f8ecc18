import { expect, test } from 'vitest'
import { type Amendment, amend, type FactsPatch } from '../../shared/domain/change.ts'
import type { Departure } from '../../shared/domain/departure.ts'
import { type ExternalEdit, OUTBOX_CAP } from '../../shared/ports/departure-store.ts'
import { amendment, creation, feedStamp } from '../fixtures/amendment.ts'
import { departure, departures } from '../fixtures/departure.ts'
import type { OpenPair, StorePair } from './store-pair.ts'

/** Part of `describeDepartureStore`: somebody writes to the documents beside us. */
export function describeExternalEdits(open: OpenPair): void {
  test('own writes are none', async () => {
    await using pair = await open()
    const start = await given(pair)
    await pair.second.departures.commit(amendment(start, { gate: null, remark: 'x', aircraft: { type: '320' } }))
    expect(await pair.first.departures.externalEdits()).toEqual([])
  })

  test('are found with both values; until adopted the departure reads as accepted', async () => {
    await using pair = await open()
    const start = await given(pair)
    await pair.external.write(start.id, { gate: 'Z9' })
    const edits = await pair.second.departures.externalEdits()
    expect(edits).toEqual([{ departure: start, found: { gate: 'Z9' }, names: ['gate'] }])
    expect(await pair.first.departures.get(start.id)).toEqual(start)
  })

  test('are adopted as a revision of their own, with provenance and outbox entry', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: 'Z9' })
    const adoption = adopting(edit, { gate: 'Z9' })
    const result = await pair.first.departures.adopt(edit, adoption)
    expect(result).toEqual({ outcome: 'committed', departure: adoption.next })
    expect(await pair.second.departures.get(edit.departure.id)).toEqual(adoption.next)
    expect(await pair.second.departures.externalEdits()).toEqual([])
    const last = (await pair.first.departures.unpublished(10)).at(-1)
    expect(last).toEqual({ change: adoption.change, departure: adoption.next })
    expect(await pair.first.departures.commit(amendment(adoption.next, { gate: 'A1' }))).toMatchObject({
      outcome: 'committed',
    })
  })

  test('that add or remove a fact are adopted, too', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: undefined, remark: 'new' })
    expect([...edit.names].sort()).toEqual(['gate', 'remark'])
    expect(edit.found).toEqual({ remark: 'new' })
    await pair.first.departures.adopt(edit, adopting(edit, { gate: null, remark: 'new' }))
    const stored = await pair.second.departures.get(edit.departure.id)
    expect(stored).toMatchObject({ remark: 'new', revision: 2 })
    expect(stored).not.toHaveProperty('gate')
    expect(await pair.first.departures.externalEdits()).toEqual([])
  })

  test('that are illegal are put back without a revision', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: 42, stand: { a: 1 }, terminal: undefined })
    await pair.first.departures.restore(edit)
    expect(await pair.second.departures.externalEdits()).toEqual([])
    expect(await pair.second.departures.get(edit.departure.id)).toEqual(edit.departure)
    const document = await pair.external.read(edit.departure.id)
    expect(document).toMatchObject({ gate: 'B12', terminal: '5' })
    expect(document).not.toHaveProperty('stand')
    expect(await pair.first.departures.backlog()).toMatchObject({ count: 1 })
    await pair.first.departures.restore(edit)
    expect(await pair.first.departures.commit(amendment(edit.departure, { gate: 'A1' }))).toMatchObject({
      outcome: 'committed',
    })
  })

  test('of several facts can be put back one by one', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: 42, remark: 'fine' })
    await pair.first.departures.restore({ ...edit, names: ['gate'], found: { gate: 42 } })
    expect(await pair.first.departures.externalEdits()).toEqual([
      { departure: edit.departure, found: { remark: 'fine' }, names: ['remark'] },
    ])
  })

  test('written again meanwhile are neither adopted nor put back as they were before', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: 'Z9' })
    await pair.external.write(edit.departure.id, { gate: 'Z8' })
    const result = await pair.first.departures.adopt(edit, adopting(edit, { gate: 'Z9' }))
    expect(result).toEqual({ outcome: 'stale', departure: edit.departure })
    await pair.first.departures.restore(edit)
    expect(await pair.first.departures.externalEdits()).toMatchObject([{ found: { gate: 'Z8' }, names: ['gate'] }])
  })

  test('are adopted once by two who found them', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: 'Z9' })
    const adopt = (store: StorePair['first']) => store.departures.adopt(edit, adopting(edit, { gate: 'Z9' }))
    const results = await Promise.all([pair.first, pair.second, pair.first, pair.second].map(adopt))
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['committed', 'stale', 'stale', 'stale'])
    expect(await pair.first.departures.get(edit.departure.id)).toMatchObject({ revision: 2 })
  })

  test('survive a desk that edits another fact, and still wait', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: 'Z9' })
    const other = amendment(edit.departure, { stand: '42' })
    expect(await pair.second.departures.commit(other)).toEqual({ outcome: 'committed', departure: other.next })
    expect(await pair.first.departures.adopt(edit, adopting(edit, { gate: 'Z9' }))).toMatchObject({ outcome: 'stale' })
    const [now] = await pair.first.departures.externalEdits()
    expect(now).toEqual({ departure: other.next, found: { gate: 'Z9' }, names: ['gate'] })
    if (now) await pair.first.departures.adopt(now, adopting(now, { gate: 'Z9' }))
    expect(await pair.first.departures.get(edit.departure.id)).toMatchObject({ gate: 'Z9', stand: '42', revision: 3 })
  })

  test('are not overwritten by a desk that edits the same fact without having seen them', async () => {
    await using pair = await open()
    const edit = await edited(pair, { gate: 'Z9' })
    const blind = await pair.second.departures.commit(amendment(edit.departure, { gate: 'A1' }))
    expect(blind).toEqual({ outcome: 'stale', departure: edit.departure })
    expect(await pair.external.read(edit.departure.id)).toMatchObject({ gate: 'Z9' })
  })

  test('of members that are no facts are kept and are nobody else’s business', async () => {
    await using pair = await open()
    const start = await given(pair)
    await pair.external.write(start.id, { crewMeals: 7 })
    expect(await pair.first.departures.externalEdits()).toEqual([])
    const edit = amendment(start, { gate: 'A1' })
    await pair.second.departures.commit(edit)
    expect(await pair.external.read(start.id)).toMatchObject({ crewMeals: 7, gate: 'A1' })
    expect(await pair.first.departures.get(start.id)).toEqual(edit.next)
    expect(await pair.first.departures.externalEdits()).toEqual([])
  })

  test('are refused while the outbox of the departure is full', async () => {
    await using pair = await open()
    let present = await given(pair)
    for (let index = 1; index < OUTBOX_CAP; index += 1) {
      const step = amendment(present, { remark: `edit ${index}` })
      await pair.first.departures.commit(step)
      present = step.next
    }
    await pair.external.write(present.id, { gate: 'Z9' })
    const [edit] = await pair.first.departures.externalEdits()
    const result = edit && (await pair.first.departures.adopt(edit, adopting(edit, { gate: 'Z9' })))
    expect(result).toEqual({ outcome: 'outbox-full', departure: present, count: OUTBOX_CAP })
    expect(await pair.first.departures.externalEdits()).toHaveLength(1)
  })

  test('are found among many departures', async () => {
    await using pair = await open()
    const made = departures(60)
    await pair.first.departures.commitAll(made.map((each) => creation(each)))
    const chosen = made.filter((_, index) => index % 20 === 0).map(({ id }) => id)
    for (const id of chosen) await pair.external.write(id, { stand: '42' })
    const found = await pair.second.departures.externalEdits()
    expect(found.map((edit) => edit.departure.id).sort()).toEqual([...chosen].sort())
  })

  test('of a departure that is gone are unknown', async () => {
    await using pair = await open()
    const edit: ExternalEdit = { departure: departure(), found: { gate: 'Z9' }, names: ['gate'] }
    expect(await pair.first.departures.adopt(edit, adopting(edit, { gate: 'Z9' }))).toEqual({ outcome: 'unknown' })
    await expect(pair.first.departures.restore(edit)).resolves.toBeUndefined()
  })
}

async function given(pair: StorePair): Promise<Departure> {
  const made = departure()
  await pair.first.departures.commit(creation(made))
  return made
}

async function edited(pair: StorePair, members: Readonly<Record<string, unknown>>): Promise<ExternalEdit> {
  const start = await given(pair)
  await pair.external.write(start.id, members)
  const [edit] = await pair.second.departures.externalEdits()
  if (!edit) throw new Error('the edit was not found')
  return edit
}

function adopting(edit: ExternalEdit, patch: FactsPatch): Amendment {
  const adoption = amend(edit.departure, patch, feedStamp({ source: 'external' }))
  if (!adoption) throw new Error('the adoption changes nothing')
  return adoption
}
