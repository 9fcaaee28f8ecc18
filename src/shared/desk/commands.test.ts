import { describe, expect, test } from 'vitest'
import { fixedClock } from '../../testing/fixtures/clocks.ts'
import { departure } from '../../testing/fixtures/departure.ts'
import { memoryDepartures } from '../../testing/twins/memory-departures.ts'
import type { Amendment } from '../domain/change.ts'
import { editGate } from '../domain/edits.ts'
import type { Actor } from '../domain/role.ts'
import type { CommitResult } from '../ports/departure-store.ts'
import { type Execution, execute } from './commands.ts'

const gwen: Actor = { name: 'gwen', role: 'gate', stations: ['JFK'] }
const command = { id: departure().id, revision: 3, commandId: 'command-1' }

/** Executes a gate change on a store that answers the commit with `result`. */
async function run(result: CommitResult, overrides: Partial<Execution> = {}, revision = 3) {
  const store = memoryDepartures()
  store.seed(departure({ revision }))
  const committed: Amendment[] = []
  const commit = async (amendment: Amendment) => {
    committed.push(amendment)
    return result
  }
  const parts = { stores: { departures: { ...store, commit } }, clock: fixedClock() }
  const execution: Execution = {
    ...{ actor: gwen, action: 'setGate', command },
    rule: (present) => editGate(present, { gate: 'C9' }),
    ...overrides,
  }
  const answer = execute(parts, execution)
  await answer.catch(() => undefined)
  return { answer, committed }
}

describe('command', () => {
  test('it is written with who, when on both clocks, and its id', async () => {
    const { answer, committed } = await run({ outcome: 'committed', departure: departure({ revision: 4, gate: 'C9' }) })
    expect(await answer).toMatchObject({ revision: 4, departure: { gate: 'C9' } })
    expect(committed).toMatchObject([
      {
        previous: { revision: 3 },
        next: { revision: 4, gate: 'C9' },
        change: { by: { name: 'gwen', role: 'gate' }, source: 'desk', commandId: 'command-1' },
      },
    ])
  })

  test('an old revision asks only the store, which knows whether it is a repetition', async () => {
    const present = departure({ revision: 9 })
    const rule = () => expect.unreachable('the rule must not be asked')
    const { answer, committed } = await run({ outcome: 'repeated', revision: 4, departure: present }, { rule }, 9)
    expect(await answer).toEqual({ revision: 4, departure: present })
    expect(committed).toMatchObject([{ previous: { revision: 3 }, change: { fields: {}, commandId: 'command-1' } }])
  })

  test('a revision that was never made is stale without asking anybody', async () => {
    const { answer, committed } = await run({ outcome: 'unknown' }, { command: { ...command, revision: 4 } })
    await expect(answer).rejects.toMatchObject({ code: 'FL_DEPARTURE_STALE', details: { departure: { revision: 3 } } })
    expect(committed).toEqual([])
  })

  test.each([
    [{ outcome: 'stale', departure: departure({ revision: 8 }) }, 'FL_DEPARTURE_STALE', { departure: { revision: 8 } }],
    [
      { outcome: 'exists', departure: departure({ revision: 8 }) },
      'FL_DEPARTURE_STALE',
      { departure: { revision: 8 } },
    ],
    [{ outcome: 'outbox-full', departure: departure(), count: 64 }, 'FL_OUTBOX_FULL', { count: 64 }],
    [{ outcome: 'unknown' }, 'FL_DEPARTURE_UNKNOWN', { id: command.id }],
  ] as const)('the store says %j', async (result, code, details) => {
    const { answer } = await run(result)
    await expect(answer).rejects.toMatchObject({ code, details })
  })

  test('what is so already is not written', async () => {
    const rule: Execution['rule'] = () => ({ gate: 'B12' })
    const { answer, committed } = await run({ outcome: 'unknown' }, { rule })
    expect(await answer).toMatchObject({ revision: 3 })
    expect(committed).toEqual([])
  })

  test('role comes before the flight, and the station before its state', async () => {
    const low = await run(
      { outcome: 'unknown' },
      { action: 'cancel', command: { ...command, id: 'XX1-2026-11-20-JFK' } },
    )
    await expect(low.answer).rejects.toMatchObject({ code: 'FL_FORBIDDEN' })
    const foreign = await run({ outcome: 'unknown' }, { actor: { ...gwen, stations: ['EWR'] } }, 9)
    await expect(foreign.answer).rejects.toMatchObject({ code: 'FL_STATION_FOREIGN' })
    expect([...low.committed, ...foreign.committed]).toEqual([])
  })
})
