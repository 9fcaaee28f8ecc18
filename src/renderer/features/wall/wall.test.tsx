import { expect, test } from 'vitest'
import { boardDeparture } from '../../../testing/fixtures/board-departure.ts'
import { createFakeDesktop } from '../../../testing/fixtures/fake-desktop.ts'
import { idleConsole } from '../../../testing/fixtures/idle-console.ts'
import { readScreen } from '../../../testing/fixtures/read-screen.ts'
import { applySnapshot } from '../../stores/board-store.ts'
import { Wall } from './wall.tsx'

const departure = boardDeparture()
const other = boardDeparture({ id: 'UA15-2026-11-20-EWR', carrier: 'UA', number: '15', origin: 'EWR' })

function show(station: string | null): string {
  const console = idleConsole(createFakeDesktop().root)
  applySnapshot(console.board, [departure, other], 0)
  console.clock.setState({ reading: { wall: 0, operational: departure.scheduledAt, rate: 1 }, readAt: console.now() })
  const desktop = console.desktop ?? expect.fail('no desktop')
  desktop.purpose.setState({ station, isWall: true })
  const slots = { alarms: 'ALARMS', clock: 'CLOCK', connection: 'CONNECTION' }
  return readScreen(<Wall desktop={desktop} {...slots} />, console)
}

test('the display of a station names it and shows its departures alone', () => {
  const screen = show('JFK')
  expect(screen).toContain('Departures JFK')
  expect(screen).toContain('14:05 B6 739 BOS B3 Scheduled')
  expect(screen).not.toContain('UA 15')
})

test('the display of all stations says from where', () => {
  const screen = show(null)
  expect(screen).toContain('Departures, all stations')
  expect(screen).toContain('UA 15 EWR BOS')
})

test('time, connection and alarms are there', () => {
  expect(show('JFK')).toMatch(/^ALARMS Departures JFK CONNECTION CLOCK/)
})

test('a station without departures says so', () => {
  expect(show('LGA')).toContain('No departures in the next hours.')
})
