import { describe, expect, test } from 'vitest'
import type { OpenDeskSide } from './desk-side.ts'

/** How the backend is doing: for those who may know it, where there is a backend. */
export function describeDeskSystem(name: string, open: OpenDeskSide): void {
  describe(`the system over ${name}`, () => {
    test('is shown neither to gate nor to ops agents', async () => {
      await using side = await open()
      for (const [person, role] of [
        ['gwen', 'gate'],
        ['otto', 'ops'],
      ] as const) {
        const { system } = await side.connect(person)
        const error = { code: 'FL_FORBIDDEN', status: 403, data: { role, needed: 'supervisor' } }
        await expect(system.read()).rejects.toMatchObject(error)
      }
    })

    test('is shown to a supervisor, or said to be elsewhere by a desk without a backend', async () => {
      await using side = await open()
      const { system } = await side.connect('sue')
      if (!side.isInBackend) {
        await expect(system.read()).rejects.toMatchObject({ code: 'FL_SYSTEM_ELSEWHERE', status: 501 })
        return
      }
      expect(await system.read()).toMatchObject({
        ...{ status: 'ok', version: '1.2.3', processes: [{ name: 'backend' }] },
        parts: [{ name: 'relay', status: 'ok' }],
      })
    })
  })
}
