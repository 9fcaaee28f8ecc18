import { describe, expect, test } from 'vitest'
import { planDay } from '../../../backend/ingest/replay/plan-day.ts'
import { create } from '../../shared/domain/change.ts'
import { OUTBOX_CAP } from '../../shared/ports/departure-store.ts'
import { creation } from '../../testing/fixtures/amendment.ts'
import { departure, NOON } from '../../testing/fixtures/departure.ts'
import { sampleDay, sampleReference } from '../../testing/fixtures/real-days.ts'
import { createDocumentCheck } from '../../testing/mongo-scripts/check-document.ts'
import { writeDocument } from './departure-document.ts'

const check = createDocumentCheck()
const at = NOON
const full = departure({
  ...{ estimatedAt: at, feedEstimatedAt: at, boardingAt: at, finalCallAt: at, gateClosedAt: at, offBlockAt: at },
  ...{ takeOffAt: at, returnedAt: at, estimatedArrivalAt: at, landedAt: at, inBlockAt: at, nextInformationAt: at },
  ...{
    stand: '12',
    aircraft: { registration: 'N190JB', type: 'A320' },
    codeshares: ['LH6800'],
    remark: 'x'.repeat(500),
  },
  delays: [{ scheme: 'AHM730', code: '93', sub: 'A', minutes: 30 }],
  ...{ cancelled: { at, reason: 'WEAT' }, diverted: { airport: 'BOS', at } },
  conflicts: [{ kind: 'OFF_BLOCK_WHILE_CANCELLED', value: at, source: 'feed', at }],
})
const written = () => writeDocument(creation(full, { commandId: '00000000-0000-4000-8000-000000000001' }))
const entry = { revision: 2, at: new Date(at), change: '{}', departure: '{}' }

describe('a departure', () => {
  test('with every fact that there is, is accepted as it is written', () => {
    expect(check('flights', written())).toBeUndefined()
  })

  test('of a real day is accepted, all thousand of them', () => {
    const { departures } = planDay(sampleDay('2013-11-27'), sampleReference(), { today: '2026-11-20' })
    const stamp = { source: 'schedule', at, operationalAt: at, commandId: `replay:${'f'.repeat(64)}:x:0` } as const
    const problems = departures.flatMap(
      ({ identity, facts }) => check('flights', writeDocument(create(identity, facts, stamp))) ?? [],
    )
    expect(departures.length).toBeGreaterThan(900)
    expect(problems).toEqual([])
  })

  test.each<[string, object]>([
    ['a time', { offBlockAt: new Date(at) }],
    ['a gate, legal or not', { gate: 'gate 12!' }],
    ['null for absent', { gate: null, estimatedAt: null, cancelled: null }],
    ['a cancellation', { cancelled: { at: new Date(at) } }],
    ['nothing: the field is gone', { terminal: undefined }],
  ])('takes what other systems may write: %s', (_, fields) => {
    const { terminal: _terminal, ...rest } = { ...written(), ...fields }
    expect(check('flights', 'terminal' in fields ? rest : { ...written(), ...fields })).toBeUndefined()
  })

  test.each<[string, object]>([
    ['a time that is a text', { offBlockAt: '2026-11-20T12:00:00Z' }],
    ['a gate that is a number', { gate: 12 }],
    ['a revision of nought', { revision: 0 }],
    ['half a revision', { revision: 1.5 }],
    ['a revision that is a text', { revision: '7' }],
    ['a field that nobody knows', { script: 'x' }],
    ['no mirror', { accepted: undefined }],
    ['a mirror without a schedule', { accepted: { gate: 'B12' } }],
    ['a mirror with a gate that is none', { accepted: { ...written().accepted, gate: 'gate 12!' } }],
    ['a mirror with null', { accepted: { ...written().accepted, gate: null } }],
    ['a mirror with a field that nobody knows', { accepted: { ...written().accepted, script: 'x' } }],
    ['no outbox', { outbox: undefined }],
    ['an outbox past its limit', { outbox: Array.from({ length: OUTBOX_CAP + 1 }, () => entry) }],
    ['an outbox entry that is none', { outbox: [{ ...entry, change: { id: 'x' } }] }],
    ['a change as large as a document', { outbox: [{ ...entry, change: 'x'.repeat(65_537) }] }],
    ['a source that nobody knows', { sources: { gate: { source: 'root', at } } }],
    ['the origin of a fact that nobody knows', { sources: { script: { source: 'desk', at } } }],
    ['commands past their limit', { commands: Array.from({ length: 33 }, () => ({ id: 'c', revision: 2 })) }],
    ['an id that is none', { _id: 'nonsense' }],
    ['no identity', { identity: undefined }],
    ['a remark as long as a book', { accepted: { ...written().accepted, remark: 'x'.repeat(3_000) } }],
  ])('is refused with %s', (_, fields) => {
    const present = Object.entries({ ...written(), ...fields }).filter(([, value]) => value !== undefined)
    expect(check('flights', Object.fromEntries(present))).toBeDefined()
  })
})

const session = {
  ...{ _id: 'a'.repeat(64), tokenHash: 'a'.repeat(64), name: 'gwen' },
  ...{ createdAt: at, idleAt: at, endsAt: at },
}

describe('a sign-in', () => {
  test('is accepted as it is written', () => expect(check('sessions', session)).toBeUndefined())

  test.each<[string, object]>([
    ['the token itself for its hash', { _id: 'token', tokenHash: 'token' }],
    ['no name', { name: '' }],
    ['no end', { endsAt: undefined }],
    ['a role of its own', { role: 'admin' }],
  ])('is refused with %s', (_, fields) => {
    const present = Object.entries({ ...session, ...fields }).filter(([, value]) => value !== undefined)
    expect(check('sessions', Object.fromEntries(present))).toBeDefined()
  })
})

const broadcast = {
  ...{ _id: 'b1', commandId: 'c1', by: 'sue', audience: { flightIds: [full.id] }, departureIds: [full.id] },
  ...{ text: 'Snow.', severity: 'warning', channels: ['email'], createdAt: at, validUntil: at, passengers: 3 },
  isPublished: false,
}

describe('a broadcast', () => {
  test.each<[string, object]>([
    ['to chosen flights', {}],
    ['to a filter', { audience: { filter: { origin: 'JFK', delayedAtLeast: 30 } } }],
  ])('%s is accepted as it is written', (_, fields) => {
    expect(check('broadcasts', { ...broadcast, ...fields })).toBeUndefined()
  })

  test.each<[string, object]>([
    ['a text as long as a book', { text: 'x'.repeat(1_001) }],
    ['nobody to reach', { departureIds: [] }],
    ['two audiences', { audience: { flightIds: [full.id], filter: {} } }],
    ['a condition that nobody knows', { audience: { filter: { orgin: 'JFK' } } }],
    ['no sender', { by: undefined }],
    ['a severity that nobody knows', { severity: 'panic' }],
  ])('is refused with %s', (_, fields) => {
    const present = Object.entries({ ...broadcast, ...fields }).filter(([, value]) => value !== undefined)
    expect(check('broadcasts', Object.fromEntries(present))).toBeDefined()
  })
})
