import { describe, expect, test } from 'vitest'
import type { ConsoleClient } from '../../renderer/api/console-client.ts'
import type { BoardMessage } from '../../shared/api/schemas.ts'
import { PULSE } from '../../shared/desk/watch.ts'
import { DAY } from '../../shared/domain/instant.ts'
import { FOREIGN, OWN } from '../fixtures/desk-bench.ts'
import { eventually } from '../fixtures/eventually.ts'
import type { OpenDeskSide } from './desk-side.ts'

type Watch = AsyncIterator<BoardMessage>

/** Reads on until a message of that type comes. */
async function next<Type extends BoardMessage['type']>(
  watch: Watch,
  type: Type,
): Promise<Extract<BoardMessage, { type: Type }>> {
  for (;;) {
    const { value, done } = await watch.next()
    if (done) throw new Error('the watch ended')
    // Reason for the cast: the comparison does not narrow a union by a generic literal.
    if (value.type === type) return value as Extract<BoardMessage, { type: Type }>
  }
}

async function openWatch(client: ConsoleClient, signal?: AbortSignal): Promise<Watch> {
  const stream = await client.departures.watch(undefined, signal && { signal })
  return stream[Symbol.asyncIterator]()
}

/** The live board. */
export function describeDeskWatch(name: string, open: OpenDeskSide): void {
  describe(`live board over ${name}`, () => {
    test('the list has every departure and both clocks', async () => {
      await using side = await open()
      const { departures, clock } = await (await side.connect('gwen')).departures.list()
      expect(departures.map(({ id }) => id).sort()).toEqual([OWN, FOREIGN].sort())
      const { wall, operational, rate } = side.bench.parts.clock
      expect(clock).toEqual({ wall: wall(), operational: operational(), rate })
    })

    test('a snapshot comes first, then what another desk changes', async () => {
      await using side = await open()
      const watch = await openWatch(await side.connect('gwen'))
      const first = await watch.next()
      expect(first.value).toMatchObject({ type: 'snapshot' })
      const otto = await side.connect('otto')
      await otto.departures.setGate({ id: OWN, revision: 1, commandId: crypto.randomUUID(), gate: 'C9' })
      const { changes } = await next(watch, 'changes')
      expect(changes).toMatchObject([
        {
          departure: { id: OWN, gate: 'C9', revision: 2, sources: { gate: { source: 'desk', by: 'otto' } } },
          change: { id: `${OWN}:2`, fields: { gate: { from: 'B12', to: 'C9' } }, by: { name: 'otto', role: 'ops' } },
        },
      ])
      await watch.return?.()
    })

    test('a pulse brings the clock and what waits to be published', async () => {
      await using side = await open()
      const watch = await openWatch(await side.connect('gwen'))
      expect(await next(watch, 'pulse')).toMatchObject({ publishing: { unpublished: 0, oldestAge: 0 } })
      side.bench.parts.clock.advance(1000)
      side.bench.parts.timer.fire(PULSE)
      expect((await next(watch, 'pulse')).clock.wall).toBe(side.bench.parts.clock.wall())
      await watch.return?.()
    })

    test('the watch ends when the session does', async () => {
      await using side = await open()
      const watch = await openWatch(await side.connect('gwen'))
      await next(watch, 'pulse')
      side.bench.parts.clock.advance(DAY)
      side.bench.parts.timer.fire(PULSE)
      await expect(next(watch, 'pulse')).rejects.toMatchObject({ code: 'FL_SESSION_EXPIRED' })
      await eventually(() => side.bench.parts.timer.waiting(PULSE) === 0)
    })

    test('a console that stops watching leaves nothing behind', async () => {
      await using side = await open()
      const abort = new AbortController()
      const watch = await openWatch(await side.connect('gwen'), abort.signal)
      await next(watch, 'pulse')
      expect(side.bench.parts.timer.waiting(PULSE)).toBe(1)
      const rest = watch.next().catch(() => undefined)
      abort.abort()
      await rest
      await eventually(() => side.bench.parts.timer.waiting(PULSE) === 0)
    })
  })
}
