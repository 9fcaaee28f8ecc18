import { beforeEach, describe, expect, test } from 'vitest'
import { type ConsoleAction, consoleActions } from '../../shared/api/desktop-schemas.ts'
import { boardDeparture } from '../../testing/fixtures/board-departure.ts'
import { createFakeDesktop } from '../../testing/fixtures/fake-desktop.ts'
import { idleConsole } from '../../testing/fixtures/idle-console.ts'
import { actionLabel } from '../lib/departure-actions.ts'
import { applySnapshot } from '../stores/board-store.ts'
import type { Console } from '../stores/console.ts'
import { carryOut } from './carry-out.ts'

const supervisor = { name: 'olga', role: 'supervisor', stations: ['*'] } as const

let console: Console
let done: string[]

beforeEach(() => {
  console = idleConsole(createFakeDesktop().root)
  done = []
  applySnapshot(console.board, [boardDeparture()], 0)
  console.connection.setState({ phase: 'live', actor: supervisor })
})

const page = { focusSearch: () => void done.push('search'), setScheme: (scheme: string) => void done.push(scheme) }
const ask = (action: ConsoleAction) => carryOut(console, { type: 'action', action }, page)
const announced = () => console.announcements.getState().items.map(({ text }) => text)
const workbench = () => console.workbench.getState()

describe('at the board', () => {
  test.each([
    ['help', { isHelping: true }],
    ['broadcast', { isBroadcasting: true }],
    ['system', { isSystemOpen: true }],
    ['settings', { isSettingUp: true }],
    ['now', { nowAsked: 1 }],
  ] as const)('"%s" opens what it says', (action, state) => {
    ask(action)
    expect(workbench()).toMatchObject(state)
  })

  test('"search" puts the focus there, and schemes go to the page', () => {
    for (const action of ['search', 'scheme-system', 'scheme-light', 'scheme-dark'] as const) ask(action)
    expect(done).toEqual(['search', 'auto', 'light', 'dark'])
  })

  test('"time" switches forth and back', () => {
    ask('time')
    expect(console.view.getState().timeMode).toBe('utc')
    ask('time')
    expect(console.view.getState().timeMode).toBe('local')
  })

  test('a broadcast is refused to whom it is not allowed', () => {
    console.connection.setState({ actor: { ...supervisor, role: 'gate' } })
    ask('broadcast')
    expect(workbench().isBroadcasting).toBe(false)
    expect(announced()).toEqual(['Your role may not send broadcasts.'])
  })

  test('the system is not shown to whom it is not allowed', () => {
    console.connection.setState({ actor: { ...supervisor, role: 'ops' } })
    ask('system')
    expect(workbench().isSystemOpen).toBe(false)
    expect(announced()).toEqual(['Your role may not look at the system.'])
  })

  test('every other action is asked of the board, which knows a label for it', () => {
    const own = ['search', 'now', 'time', 'help', 'broadcast', 'system', 'settings', 'sign-out', 'wall']
    const ofRow = consoleActions.filter((action) => !own.includes(action) && !action.startsWith('scheme-'))
    for (const action of ofRow) {
      ask(action)
      expect(workbench().asked).toEqual({ kind: 'action', action })
      expect(actionLabel(action)).not.toBe(action)
    }
    expect(ofRow).toHaveLength(14)
  })
})

describe('without a board', () => {
  test('whoever is signed out is asked to sign in, but gets at settings and colours', () => {
    console.connection.setState({ phase: 'signed-out', actor: null })
    ask('delay')
    ask('broadcast')
    expect(announced()).toEqual(['Sign in first.'])
    ask('settings')
    ask('scheme-dark')
    expect(workbench()).toMatchObject({ isSettingUp: true, asked: undefined })
    expect(done).toEqual(['dark'])
  })

  test('an action waits for nothing, a departure does', () => {
    console.board.setState({ isLoaded: false })
    ask('delay')
    expect(announced()[0]).toContain('no board yet')
    carryOut(console, { type: 'departure', id: 'B6739-2026-11-20-JFK' }, page)
    expect(workbench().asked).toEqual({ kind: 'show', id: 'B6739-2026-11-20-JFK' })
  })
})

describe('the wall display', () => {
  const purpose = () => console.desktop?.purpose.getState()

  test('shows the station that the window shows alone', () => {
    console.view.setState({ stations: ['JFK'] })
    ask('wall')
    expect(purpose()).toEqual({ station: 'JFK', isWall: true })
  })

  test('of a window with several stations shows all', () => {
    console.view.setState({ stations: ['JFK', 'EWR'] })
    ask('wall')
    expect(purpose()).toEqual({ station: null, isWall: true })
  })

  test('ends with the same action, and takes nothing but it meanwhile', () => {
    ask('wall')
    ask('delay')
    carryOut(console, { type: 'departure', id: 'B6739-2026-11-20-JFK' }, page)
    expect(announced()).toEqual(['This window is a wall display. Press Esc to work in it.'])
    expect(workbench().asked).toBeUndefined()
    ask('wall')
    expect(purpose()).toEqual({ station: null, isWall: false })
  })
})
