import { describe, expect, test } from 'vitest'
import { OWN } from '../fixtures/desk-bench.ts'
import type { OpenDeskSide } from './desk-side.ts'

const message = () => ({
  commandId: crypto.randomUUID(),
  audience: { flightIds: [OWN] },
  text: 'Snow. Please wait at your gate.',
  severity: 'warning' as const,
  channels: ['email' as const],
  validMinutes: 60,
})

/** Broadcasts: counted before, sent once, followed afterwards. */
export function describeDeskBroadcasts(name: string, open: OpenDeskSide): void {
  describe(`broadcasts over ${name}`, () => {
    test('the count before sending is that of the audience', async () => {
      await using side = await open()
      const { broadcasts } = await side.connect('sue')
      expect(await broadcasts.preview({ audience: { flightIds: [OWN, OWN] } })).toEqual({
        departures: 1,
        passengers: 3,
      })
      expect(await broadcasts.preview({ audience: { filter: { origin: 'JFK' } } })).toMatchObject({ departures: 1 })
    })

    test('a filter reaches only the stations of who sends', async () => {
      await using side = await open()
      const [sue, ada] = await Promise.all([side.connect('sue'), side.connect('ada')])
      expect(await sue.broadcasts.preview({ audience: { filter: {} } })).toMatchObject({ departures: 1 })
      expect(await ada.broadcasts.preview({ audience: { filter: {} } })).toMatchObject({ departures: 2 })
      const elsewhere = { audience: { filter: { origin: 'EWR' } } }
      await expect(sue.broadcasts.preview(elsewhere)).rejects.toMatchObject({ code: 'FL_BROADCAST_EMPTY', status: 422 })
    })

    test('what was sent can be followed', async () => {
      await using side = await open()
      const { broadcasts } = await side.connect('sue')
      const sent = await broadcasts.send(message())
      expect(sent).toMatchObject({ by: 'sue', departures: 1, passengers: 3, severity: 'warning', deliveries: {} })
      expect(await broadcasts.progress({ id: sent.id })).toEqual(sent)
      expect(await broadcasts.latest()).toEqual([sent])
    })

    test('a repeated command is answered with the first broadcast, also when nobody is left to reach', async () => {
      await using side = await open()
      const { broadcasts } = await side.connect('sue')
      const command = { ...message(), audience: { filter: { status: 'SCHEDULED' as const } } }
      const [first, second] = await Promise.all([broadcasts.send(command), broadcasts.send(command)])
      expect(second.id).toBe(first.id)
      const { departures } = await side.connect('otto')
      await departures.cancel({ id: OWN, revision: 1, commandId: crypto.randomUUID(), reason: 'WEAT' })
      await expect.poll(() => side.bench.board.get(OWN)?.cancelled).toBeDefined()
      expect(await broadcasts.send(command)).toMatchObject({ id: first.id })
      expect(await broadcasts.latest()).toHaveLength(1)
    })
  })
}
