import { expect, test } from 'vitest'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { createFakeDesktop } from '../../testing/fixtures/fake-desktop.ts'
import { idleConsole } from '../../testing/fixtures/idle-console.ts'
import { readScreen } from '../../testing/fixtures/read-screen.ts'
import { applySnapshot } from '../stores/board-store.ts'
import { Header } from './header.tsx'
import { Shell } from './shell.tsx'

const supervisor = { name: 'olga', role: 'supervisor', stations: ['JFK', 'EWR'] } as const

test('whoever is signed out sees the way in, and why they are out', () => {
  const console = idleConsole()
  console.connection.setState({ phase: 'signed-out', notice: 'Your session has ended; sign in again.' })
  const screen = readScreen(<Shell />, console)
  expect(screen).toContain('Sign in')
  expect(screen).toContain('Your session has ended; sign in again.')
})

test('a desktop that is not set up begins with that', () => {
  const console = idleConsole(createFakeDesktop().root)
  const { state } = console.desktop ?? expect.fail('no desktop')
  state.setState({ desktop: { ...createFakeDesktop().state, mode: 'unconfigured' } })
  expect(readScreen(<Shell />, console)).toContain('Welcome to Flightline')
})

test('a desktop says what it waits for, and leads to its settings', () => {
  const console = idleConsole(createFakeDesktop().root)
  const { state } = console.desktop ?? expect.fail('no desktop')
  const lost = { status: 'lost', since: 0, message: 'connection refused' } as const
  state.setState({ desktop: { ...createFakeDesktop().state, store: lost } })
  const screen = readScreen(<Shell />, console)
  expect(screen).toContain('Connecting to the desk service…')
  expect(screen).toContain('connection refused Settings of this desk')
})

test('a browser has no settings', () => {
  expect(readScreen(<Shell />, idleConsole())).not.toContain('Settings')
})

test('before the first board there is a wait with words', () => {
  expect(readScreen(<Shell />, idleConsole())).toBe('Connecting to the desk service…')
})

test('the board stays on the screen while the connection is made anew', () => {
  const console = idleConsole()
  applySnapshot(console.board, [boardDeparture()], 0)
  console.connection.setState({ phase: 'reconnecting', heardAt: 95_000 })
  const screen = readScreen(<Shell />, console)
  expect(screen).toContain('Reconnecting, shown state is 5 s old')
  expect(screen).toContain('1 departures')
})

test('the broadcast is offered to supervisors only', () => {
  const console = idleConsole()
  console.connection.setState({ actor: supervisor })
  expect(readScreen(<Header />, console)).toContain('Broadcast')
  expect(readScreen(<Header />, console)).toContain('supervisor, JFK, EWR')
  console.connection.setState({ actor: { ...supervisor, role: 'ops' } })
  expect(readScreen(<Header />, console)).not.toContain('Broadcast')
})

test('the broadcast button counts what was ticked', () => {
  const console = idleConsole()
  console.connection.setState({ actor: supervisor })
  console.view.setState({ selected: ['a', 'b', 'c'] })
  expect(readScreen(<Header />, console)).toContain('Broadcast to 3')
})
