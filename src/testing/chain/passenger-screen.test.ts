import { expect, test } from 'vitest'
import { toPublicDeparture } from '../../shared/api/public-departure.ts'
import { departure } from '../fixtures/departure.ts'
import { createPassengerScreen } from './passenger-screen.ts'

const shown = (revision: number) => toPublicDeparture(departure({ revision }))
const change = { fields: {}, at: '2026-11-20T12:00:00Z' }
const frame = (revision: number, position: string) =>
  ({ op: 'departure', departure: shown(revision), change, position, at: 0 }) as const
const snapshot = (revision: number, position: string) =>
  ({ op: 'snapshot', recovered: false, departures: [shown(revision)], position }) as const

test('shows the latest, remembers the position, and lets revisions be skipped', () => {
  const screen = createPassengerScreen()
  screen.receive(snapshot(1, 'e:1'))
  screen.receive(frame(4, 'e:5'))
  expect(screen.departures.get(departure().id)?.revision).toBe(4)
  expect([screen.position(), screen.problems]).toEqual(['e:5', []])
})

test('notes a step back, within a connection or after it', () => {
  const screen = createPassengerScreen()
  screen.receive(frame(4, 'e:5'))
  screen.receive(frame(3, 'e:6'))
  screen.receive(snapshot(2, 'e:7'))
  expect(screen.problems).toEqual([
    `${departure().id} went back from 4 to 3 by a departure`,
    `${departure().id} went back from 3 to 2 by a snapshot`,
  ])
})

test('notes errors', () => {
  const screen = createPassengerScreen()
  screen.receive({ op: 'error', code: 'FL_FRAME_INVALID', message: 'no' })
  expect(screen.problems).toEqual(['FL_FRAME_INVALID: no'])
})
