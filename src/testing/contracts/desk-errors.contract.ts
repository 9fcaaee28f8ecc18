import { describe, expect, test } from 'vitest'
import { FlightlineError } from '../../shared/lib/errors.ts'
import { FOREIGN, OWN } from '../fixtures/desk-bench.ts'
import type { OpenDeskSide } from './desk-side.ts'

const UNKNOWN = 'XX1-2026-11-20-JFK'
const audience = { flightIds: [OWN] }
const command = (id = OWN) => ({ id, revision: 1, commandId: crypto.randomUUID() })

/** Errors cross every transport with code, status, message and details, and nothing else does. */
export function describeDeskErrors(name: string, open: OpenDeskSide): void {
  describe(`errors over ${name}`, () => {
    test('a role that is too low is told which one is needed', async () => {
      await using side = await open()
      const { departures, broadcasts } = await side.connect('gwen')
      const forbidden = (needed: string) => ({ code: 'FL_FORBIDDEN', status: 403, data: { role: 'gate', needed } })
      await expect(departures.cancel({ ...command(), reason: 'WEAT' })).rejects.toMatchObject(forbidden('ops'))
      await expect(departures.reinstate(command())).rejects.toMatchObject(forbidden('ops'))
      await expect(departures.divert({ ...command(), airport: 'BOS' })).rejects.toMatchObject(forbidden('ops'))
      await expect(broadcasts.preview({ audience })).rejects.toMatchObject(forbidden('supervisor'))
      await expect(broadcasts.latest()).rejects.toMatchObject(forbidden('supervisor'))
    })

    test('the departure of another station is refused, and changed by nobody', async () => {
      await using side = await open()
      const { departures, broadcasts } = await side.connect('sue')
      const foreign = { code: 'FL_STATION_FOREIGN', status: 403, data: { station: 'EWR', stations: 'JFK' } }
      await expect(departures.setGate({ ...command(FOREIGN), gate: 'C9' })).rejects.toMatchObject(foreign)
      await expect(broadcasts.preview({ audience: { flightIds: [OWN, FOREIGN] } })).rejects.toMatchObject(foreign)
      expect((await side.bench.parts.stores.departures.get(FOREIGN))?.revision).toBe(1)
      const ada = await side.connect('ada')
      expect(await ada.departures.setGate({ ...command(FOREIGN), gate: 'C9' })).toMatchObject({ revision: 2 })
    })

    test('an unknown flight is named', async () => {
      await using side = await open()
      const { departures, broadcasts } = await side.connect('ada')
      const unknown = { code: 'FL_DEPARTURE_UNKNOWN', status: 404, data: { id: UNKNOWN } }
      await expect(departures.setGate({ ...command(UNKNOWN), gate: 'C9' })).rejects.toMatchObject(unknown)
      await expect(departures.history({ id: UNKNOWN })).rejects.toMatchObject(unknown)
      await expect(broadcasts.preview({ audience: { flightIds: [UNKNOWN] } })).rejects.toMatchObject(unknown)
      await expect(broadcasts.progress({ id: 'nothing' })).rejects.toMatchObject({ code: 'FL_BROADCAST_UNKNOWN' })
    })

    test('bad input is refused with the names of the fields', async () => {
      await using side = await open()
      const { departures, broadcasts, session } = await side.connect('ada')
      const problem = async (call: Promise<unknown>, ...fields: readonly string[]) => {
        const problems = fields.map((field) => expect.stringMatching(new RegExp(`^${field}`)))
        await expect(call).rejects.toMatchObject({ code: 'FL_BAD_REQUEST', status: 400, data: { problems } })
      }
      await problem(departures.setGate({ ...command(), gate: 'A'.repeat(9) }), 'gate: ')
      await problem(departures.setGate({ ...command('nonsense'), gate: 'A1' }), 'id: ')
      await problem(
        departures.setGate({ ...command(), revision: 0, commandId: 'x', gate: 'A1' }),
        'revision: ',
        'commandId: ',
      )
      await problem(departures.setEstimate({ ...command(), estimatedAt: 1.5 }), 'estimatedAt: ')
      await problem(departures.divert({ ...command(), airport: 'boston' }), 'airport: ')
      await problem(broadcasts.preview({ audience: { flightIds: [] } }), 'audience')
      await problem(session.signIn({ name: '', password: 'x'.repeat(201) }), 'name: ', 'password: ')
    })

    test('a filter with a condition that is misspelt reaches nobody', async () => {
      await using side = await open()
      const { broadcasts } = await side.connect('sue')
      const misspelt: object = { orgin: 'JFK' }
      await expect(broadcasts.preview({ audience: { filter: misspelt } })).rejects.toMatchObject({
        code: 'FL_BAD_REQUEST',
      })
    })

    test('rules refuse with their own code', async () => {
      await using side = await open()
      const { departures } = await side.connect('ada')
      const reasons = [{ scheme: 'AHM730' as const, code: '71', minutes: 20 }]
      const delay = departures.setDelay({ ...command(), delay: { minutes: 30 }, reasons })
      await expect(delay).rejects.toMatchObject({ code: 'FL_DELAY_SUM', status: 422, data: { sum: 20, delay: 30 } })
      await expect(departures.reinstate(command())).rejects.toMatchObject({ code: 'FL_REINSTATEMENT_INVALID' })
      await expect(departures.setGate({ ...command(), gate: '!!' })).rejects.toMatchObject({ code: 'FL_GATE_INVALID' })
    })

    test('a defect shows an id and nothing else, and the log has it under that id', async () => {
      await using side = await open()
      const { broadcasts } = await side.connect('sue')
      side.bench.failWith(new Error('secret: mongodb://root:pw@db'))
      const error = await broadcasts.preview({ audience }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'FL_INTERNAL', status: 500, data: { errorId: expect.any(String) } })
      expect(JSON.stringify(error)).not.toContain('secret')
      const { errorId } = Object(error).data
      expect(side.bench.lines).toContainEqual(expect.objectContaining({ fields: expect.objectContaining({ errorId }) }))
    })

    test('a store that does not answer is told as such', async () => {
      await using side = await open()
      const { broadcasts } = await side.connect('sue')
      side.bench.failWith(new FlightlineError('FL_STORE_UNAVAILABLE'))
      const error = { code: 'FL_STORE_UNAVAILABLE', status: 503 }
      await expect(broadcasts.preview({ audience })).rejects.toMatchObject(error)
    })
  })
}
