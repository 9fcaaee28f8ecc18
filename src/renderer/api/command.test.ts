import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../shared/domain/instant.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { type CommandBody, factsOf, sendCommand, withTime } from './command.ts'
import type { ConsoleClient } from './console-client.ts'

const base = boardDeparture({ revision: 7 })
const now = base.scheduledAt
const reasons = [{ scheme: 'AHM730', code: '93', minutes: 30 }] as const

/** Each kind of command with the procedure's own fields, and a departure to which it applies. */
const commands: readonly { body: CommandBody; fields: object; on?: typeof base; sets: object }[] = [
  { body: { kind: 'setGate', gate: 'b12' }, fields: { gate: 'b12' }, sets: { gate: 'B12' } },
  {
    body: { kind: 'setDelay', delay: { minutes: 30 }, reasons, remark: 'late' },
    fields: { delay: { minutes: 30 }, reasons: [...reasons], remark: 'late' },
    sets: { estimatedAt: base.scheduledAt + 30 * MINUTE, delays: reasons, remark: 'late' },
  },
  { body: { kind: 'setEstimate', estimatedAt: now }, fields: { estimatedAt: now }, sets: { estimatedAt: now } },
  {
    body: { kind: 'cancel', reason: 'WEAT' },
    fields: { reason: 'WEAT' },
    sets: { cancelled: { at: now, reason: 'WEAT' } },
  },
  { body: { kind: 'reinstate' }, fields: {}, on: { ...base, cancelled: { at: 1 } }, sets: { cancelled: null } },
  { body: { kind: 'markBoarding', stage: 'BOARDING' }, fields: { stage: 'BOARDING' }, sets: { boardingAt: now } },
  {
    body: { kind: 'markBoarding', stage: 'FINAL_CALL', at: null },
    fields: { stage: 'FINAL_CALL', at: null },
    sets: { finalCallAt: null },
  },
  { body: { kind: 'markDeparture', event: 'OFF_BLOCK' }, fields: { event: 'OFF_BLOCK' }, sets: { offBlockAt: now } },
  {
    body: { kind: 'divert', airport: 'BWI' },
    fields: { airport: 'BWI' },
    on: { ...base, offBlockAt: 1, takeOffAt: 2 },
    sets: { diverted: { airport: 'BWI', at: now } },
  },
]

function createRecorder() {
  const calls: { name: string; input: unknown }[] = []
  const departures = new Proxy(
    {},
    { get: (_target, name) => (input: unknown) => calls.push({ name: String(name), input }) },
  )
  // Reason for the cast: whatever procedure is called, it is only written down.
  return { calls, client: { departures } as unknown as ConsoleClient }
}

describe.each(commands)('$body.kind $fields', ({ body, fields, on = base, sets }) => {
  test('is sent to its procedure with id, revision, command id and validity', () => {
    const { calls, client } = createRecorder()
    const command = { commandId: 'c1', base: on, body, owner: 'gate', madeAt: 10, validUntil: 20 }
    void sendCommand(client, command, new AbortController().signal)
    const head = { id: base.id, revision: 7, commandId: 'c1', validUntil: 20 }
    expect(calls).toEqual([{ name: body.kind, input: { ...head, ...fields } }])
  })

  test('sets what the desk service would set', () => {
    expect(factsOf(body, on, now)).toMatchObject(sets)
  })
})

test('a mark without a time gets the time at which the person acted', () => {
  expect(withTime({ kind: 'markBoarding', stage: 'BOARDING' }, now)).toMatchObject({ at: now })
  expect(withTime({ kind: 'markDeparture', event: 'OFF_BLOCK' }, now)).toMatchObject({ at: now })
})

test('a time that was given stays, and so does a mark that is taken back', () => {
  expect(withTime({ kind: 'markDeparture', event: 'OFF_BLOCK', at: 5 }, now)).toMatchObject({ at: 5 })
  expect(withTime({ kind: 'markBoarding', stage: 'BOARDING', at: null }, now)).toMatchObject({ at: null })
  expect(withTime({ kind: 'setGate', gate: 'B1' }, now)).toEqual({ kind: 'setGate', gate: 'B1' })
})
