import { describe, expect, test } from 'vitest'
import type { ConsoleClient } from '../../renderer/api/console-client.ts'
import type { CommandAnswer } from '../../shared/api/schemas.ts'
import { HOUR, MINUTE } from '../../shared/domain/instant.ts'
import { NOON } from '../fixtures/departure.ts'
import { FOREIGN, OWN } from '../fixtures/desk-bench.ts'
import { eventually } from '../fixtures/eventually.ts'
import type { OpenDeskSide } from './desk-side.ts'

type Run = (client: ConsoleClient, base: { id: string; revision: number; commandId: string }) => Promise<CommandAnswer>

const scheduledAt = NOON + 2 * HOUR
const base = (revision: number, id = OWN) => ({ id, revision, commandId: crypto.randomUUID() })

/** Each command, what stands before it, and what it leaves. */
const commands: readonly [name: string, runs: readonly Run[], outcome: object][] = [
  [
    'setGate',
    [({ departures }, given) => departures.setGate({ ...given, gate: 'c 9', terminal: '4', stand: null })],
    { gate: 'C9', terminal: '4' },
  ],
  [
    'setDelay with coded reasons',
    [
      ({ departures }, given) =>
        departures.setDelay({
          ...given,
          delay: { minutes: 30 },
          reasons: [{ scheme: 'AHM730', code: '71', minutes: 30 }],
        }),
    ],
    { estimatedAt: scheduledAt + 30 * MINUTE, delays: [{ scheme: 'AHM730', code: '71', minutes: 30 }] },
  ],
  [
    'setDelay without a firm time',
    [
      ({ departures }, given) =>
        departures.setDelay({ ...given, delay: { nextInformationAt: scheduledAt }, reasons: [] }),
    ],
    { nextInformationAt: scheduledAt },
  ],
  [
    'setEstimate',
    [({ departures }, given) => departures.setEstimate({ ...given, estimatedAt: scheduledAt + HOUR })],
    { estimatedAt: scheduledAt + HOUR },
  ],
  [
    'cancel',
    [({ departures }, given) => departures.cancel({ ...given, reason: 'WEAT', remark: 'snow' })],
    { cancelled: { at: NOON, reason: 'WEAT' }, remark: 'snow' },
  ],
  [
    'reinstate',
    [
      ({ departures }, given) => departures.cancel({ ...given, reason: 'WEAT' }),
      ({ departures }, given) => departures.reinstate({ ...given, estimatedAt: scheduledAt + HOUR }),
    ],
    { estimatedAt: scheduledAt + HOUR },
  ],
  [
    'markBoarding, by default now',
    [({ departures }, given) => departures.markBoarding({ ...given, stage: 'BOARDING' })],
    { boardingAt: NOON },
  ],
  [
    'markBoarding taken back',
    [
      ({ departures }, given) => departures.markBoarding({ ...given, stage: 'FINAL_CALL' }),
      ({ departures }, given) => departures.markBoarding({ ...given, stage: 'FINAL_CALL', at: null }),
    ],
    { revision: 3 },
  ],
  [
    'markDeparture',
    [
      ({ departures }, given) => departures.markDeparture({ ...given, event: 'OFF_BLOCK', at: scheduledAt }),
      ({ departures }, given) => departures.markDeparture({ ...given, event: 'TAKE_OFF', at: scheduledAt + MINUTE }),
    ],
    { offBlockAt: scheduledAt, takeOffAt: scheduledAt + MINUTE },
  ],
  [
    'divert',
    [
      ({ departures }, given) => departures.markDeparture({ ...given, event: 'OFF_BLOCK' }),
      ({ departures }, given) => departures.divert({ ...given, airport: 'BOS' }),
    ],
    { diverted: { airport: 'BOS', at: NOON } },
  ],
]

/** Commands: each is one revision, and none is lost or done twice. */
export function describeDeskCommands(name: string, open: OpenDeskSide): void {
  describe(`commands over ${name}`, () => {
    test.each(commands)(
      '%s is one revision and is published under the name of who did it',
      async (_, runs, outcome) => {
        await using side = await open()
        const client = await side.connect('otto')
        for (const [index, run] of runs.entries()) {
          const given = base(index + 1)
          const answer = await run(client, given)
          expect(answer.revision).toBe(index + 2)
          expect(answer.departure.revision).toBe(index + 2)
        }
        const after = await side.bench.parts.stores.departures.get(OWN)
        expect(after).toMatchObject(outcome)
        expect(after?.cancelled !== undefined).toBe('cancelled' in outcome)
        await eventually(async () => (await client.departures.history({ id: OWN })).length === runs.length + 1)
        const history = await client.departures.history({ id: OWN })
        expect(history.at(-1)?.change).toMatchObject({
          revision: runs.length + 1,
          source: 'desk',
          by: { name: 'otto' },
        })
      },
    )

    test('a stale command is refused with the present departure', async () => {
      await using side = await open()
      const [gwen, otto] = await Promise.all([side.connect('gwen'), side.connect('otto')])
      await otto.departures.setGate({ ...base(1), gate: 'C9' })
      await expect(gwen.departures.setGate({ ...base(1), gate: 'D1' })).rejects.toMatchObject({
        ...{ code: 'FL_DEPARTURE_STALE', status: 409 },
        data: { id: OWN, departure: { id: OWN, gate: 'C9', revision: 2 } },
      })
      expect(side.bench.board.get(OWN)?.gate).not.toBe('D1')
    })

    test('a repeated command gets the first answer, also after others went on', async () => {
      await using side = await open()
      const [gwen, otto] = await Promise.all([side.connect('gwen'), side.connect('otto')])
      const command = { ...base(1), gate: 'C9' }
      expect(await gwen.departures.setGate(command)).toMatchObject({ revision: 2 })
      await otto.departures.cancel({ ...base(2), reason: 'TECH' })
      const again = await gwen.departures.setGate(command)
      expect(again).toMatchObject({ revision: 2, departure: { revision: 3, gate: 'C9' } })
      const cancel = { ...base(3, OWN), reason: 'TECH' as const }
      await expect(otto.departures.cancel(cancel)).rejects.toMatchObject({ code: 'FL_TRANSITION_INVALID' })
    })

    test('a command that comes after its time is refused, and one that comes in its last millisecond is not', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      const { clock, stores } = side.bench.parts
      const validUntil = clock.wall() + MINUTE
      clock.advance(MINUTE)
      await client.departures.setGate({ ...base(1), validUntil, gate: 'C9' })
      clock.advance(1)
      await expect(client.departures.setGate({ ...base(2), validUntil, gate: 'D1' })).rejects.toMatchObject({
        ...{ code: 'FL_COMMAND_EXPIRED', status: 409 },
        data: { id: OWN, departure: { id: OWN, gate: 'C9', revision: 2 } },
      })
      expect(await stores.departures.get(OWN)).toMatchObject({ gate: 'C9', revision: 2 })
    })

    test('a late command that is based on an old revision is too late, not a conflict', async () => {
      await using side = await open()
      const [gwen, otto] = await Promise.all([side.connect('gwen'), side.connect('otto')])
      await otto.departures.setGate({ ...base(1), gate: 'C9' })
      const late = { ...base(1), validUntil: side.bench.parts.clock.wall() - 1, gate: 'D1' }
      await expect(gwen.departures.setGate(late)).rejects.toMatchObject({
        code: 'FL_COMMAND_EXPIRED',
        data: { departure: { gate: 'C9', revision: 2 } },
      })
    })

    test('an accepted command that is repeated after its time gets the first answer', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      const { clock } = side.bench.parts
      const command = { ...base(1), validUntil: clock.wall(), gate: 'C9' }
      await client.departures.setGate(command)
      clock.advance(HOUR)
      expect(await client.departures.setGate(command)).toMatchObject({ revision: 2, departure: { gate: 'C9' } })
    })

    test('a command id of one departure does nothing to another', async () => {
      await using side = await open()
      const client = await side.connect('ada')
      const command = { ...base(1), gate: 'C9' }
      await client.departures.setGate(command)
      const reused = client.departures.setGate({ ...command, id: FOREIGN })
      const outcome = await reused.then(
        ({ departure }) => departure.id,
        (error: unknown) => error,
      )
      if (outcome !== FOREIGN) expect(outcome).toMatchObject({ code: 'FL_COMMAND_REUSED' })
      expect((await side.bench.parts.stores.departures.get(OWN))?.gate).toBe('C9')
    })

    test('50 desks that edit one departure at once lose no edit', async () => {
      await using side = await open()
      const clients = await Promise.all(Array.from({ length: 5 }, () => side.connect('otto')))
      const edits = Array.from({ length: 50 }, (_, index) => `${index + 1}`)
      await Promise.all(edits.map((gate, index) => editUntilTaken(clients[index % 5], gate)))
      expect((await side.bench.parts.stores.departures.get(OWN))?.revision).toBe(51)
      const list = () => side.bench.parts.stores.history.list(OWN)
      await eventually(async () => (await list()).length === 51)
      const history = await list()
      const gates = history.slice(1).map(({ fields }) => fields.gate?.to)
      expect(gates.sort()).toEqual(edits.sort())
      expect(history.map(({ revision }) => revision)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1))
    })

    test('a value that is already so makes no revision', async () => {
      await using side = await open()
      const client = await side.connect('gwen')
      expect(await client.departures.setGate({ ...base(1), gate: 'B12' })).toMatchObject({ revision: 1 })
    })
  })
}

/** What a person does who is told that somebody was faster: look, and do it again. */
async function editUntilTaken(client: ConsoleClient | undefined, gate: string): Promise<void> {
  if (!client) throw new Error('no client')
  for (let revision = 1; ; ) {
    try {
      await client.departures.setGate({ ...base(revision), gate })
      return
    } catch (error) {
      const data = typeof error === 'object' && error !== null && 'data' in error ? error.data : undefined
      expect(error).toMatchObject({ code: 'FL_DEPARTURE_STALE', data: { departure: { id: OWN } } })
      // Reason for the cast: the line above has just looked.
      revision = (data as { departure: { revision: number } }).departure.revision
    }
  }
}
