import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'
import { expect, test } from 'vitest'
import { shortcutGroups } from '../../renderer/features/help/shortcuts.ts'
import { type BackendState, consoleActions, type DesktopState } from '../../shared/api/desktop-schemas.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { describeTray } from './describe-tray.ts'
import { menuTemplate } from './menu.ts'
import { LONGEST_END, LONGEST_INSTALL, type QuittingParts, superviseQuitting, whatStops } from './quitting.ts'

const link = { status: 'ok', since: 0 } as const // as a literal
const off: BackendState = { status: 'off', since: 0, restarts: 0 }
const state: DesktopState = {
  mode: 'direct',
  service: 'direct-1',
  store: link,
  log: link,
  backend: off,
  version: '1.0.0',
}
const calm = { waiting: 0, conflicts: 0, failed: 0 }

function flatten(items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])])
}

function openMenu(platform: NodeJS.Platform) {
  const asked: string[] = []
  const actions = {
    ask: (action: string) => asked.push(action),
    newWindow: (station: string | null) => asked.push(`window ${station}`),
    zoom: (step: number) => asked.push(`zoom ${step}`),
    about: () => asked.push('about'),
    documentation: () => asked.push('documentation'),
    quit: () => asked.push('quit'),
    restart: () => asked.push('restart'),
  }
  return {
    asked,
    actions,
    items: flatten(menuTemplate({ platform, stations: ['EWR', 'JFK'], update: '1.1.0', actions })),
  }
}

test.each(['linux', 'win32', 'darwin'] as const)('on %s every action is in the menu once', (platform) => {
  const { items } = openMenu(platform)
  const ids = items.flatMap(({ id }) => (id === undefined ? [] : [id]))
  expect(new Set(ids).size).toBe(ids.length)
  for (const action of consoleActions) expect(ids).toContain(action)
})

test('the restart for an update is offered while one is ready', () => {
  const labels = (update: string | undefined) => {
    const { actions } = openMenu('linux')
    return flatten(menuTemplate({ platform: 'linux', stations: [], update, actions })).map(({ label }) => label)
  }
  expect(labels('1.1.0')).toContain('Restart to update to 1.1.0')
  expect(labels(undefined).filter((label) => label?.startsWith('Restart'))).toEqual([])
})

test('every item does what it is called', () => {
  const { items, asked } = openMenu('linux')
  for (const { click } of items) if (click) Reflect.apply(click, undefined, [])
  expect(asked).toEqual(
    expect.arrayContaining([
      ...consoleActions,
      'window null',
      'window JFK',
      'zoom 0.5',
      'zoom 0',
      'about',
      'documentation',
      'quit',
      'restart',
    ]),
  )
})

test('no accelerator takes a key away that the console uses, and on a Mac none is a bare letter', () => {
  const own = new Set(
    shortcutGroups.flatMap(({ shortcuts }) => shortcuts.flatMap(({ keys }) => keys.map((key) => key.toUpperCase()))),
  )
  const registered = openMenu('linux').items.filter(
    ({ accelerator, registerAccelerator }) => accelerator && registerAccelerator !== false,
  )
  for (const { accelerator } of registered) expect(own.has(String(accelerator))).toBe(false)
  const all = registered.map(({ accelerator }) => accelerator)
  expect(new Set(all).size).toBe(all.length)
  for (const { accelerator = 'F1' } of openMenu('darwin').items) expect(String(accelerator)).not.toMatch(/^[A-Z]$/)
})

test.each([
  [{}, calm, 'ok', ['MongoDB: connected', 'Kafka: connected']],
  [{ log: { status: 'lost', since: 1 } }, calm, 'lost', ['MongoDB: connected', 'Kafka: lost']],
  [{ store: { status: 'opening', since: 1 } }, calm, 'warn', ['MongoDB: connecting', 'Kafka: connected']],
  [{ mode: 'served' }, { ...calm, conflicts: 2 }, 'warn', ['Server: connected', '2 in conflict']],
  [
    { mode: 'embedded', backend: { ...off, status: 'failed' } },
    calm,
    'lost',
    ['Data file: connected', 'Backend has failed'],
  ],
  [
    { backend: { ...off, status: 'running', message: 'not well' } },
    calm,
    'warn',
    ['MongoDB: connected', 'Kafka: connected', 'Backend serves passengers'],
  ],
  [
    { update: { status: 'ready', since: 1, version: '1.1.0' } },
    calm,
    'ok',
    ['MongoDB: connected', 'Kafka: connected', 'Version 1.1.0 is installed when you quit'],
  ],
  [{ mode: 'unconfigured' }, calm, 'warn', ['Not set up yet']],
] satisfies [Partial<DesktopState>, typeof calm, string, string[]][])(
  'the tray of %j',
  (given, attention, icon, lines) => {
    expect(describeTray({ ...state, ...given }, attention)).toMatchObject({ icon, lines })
  },
)

test('what stops is said, and nothing when nothing does', () => {
  expect(whatStops(off, 0)).toEqual([])
  expect(whatStops({ ...off, status: 'failed' }, 0)).toEqual([])
  expect(whatStops({ ...off, status: 'restarting' }, 0)).toHaveLength(1)
  expect(whatStops({ ...off, status: 'running' }, 1)[1]).toContain('1 change was not sent')
})

function openQuitting(backend: BackendState, answer: number, end: Promise<void> = Promise.resolve()) {
  const exits: number[] = []
  const timer = manualTimer()
  const app = Object.assign(new EventEmitter(), { quits: 0, exits })
  const asked: unknown[] = []
  const closed: string[] = []
  const quit = () => {
    app.quits += 1
    const event = { defaultPrevented: false, preventDefault: () => (event.defaultPrevented = true) }
    app.emit('before-quit', event)
    if (event.defaultPrevented) return
    app.emit('will-quit', event)
    if (!event.defaultPrevented) exits.push(1)
  }
  const given: unknown = Object.assign(app, {
    ...{ quit, exit: (code: number) => app.exits.push(code) },
    ...{ relaunch: () => closed.push('relaunched'), releaseSingleInstanceLock: () => closed.push('released') },
  })
  const quitting = superviseQuitting({
    app: given as QuittingParts['app'], // as much of it as quitting uses
    ask: async (options) => {
      asked.push(options)
      return { response: answer }
    },
    ...{ backend: () => backend, waiting: () => 0, timer, logger: recordingLog() },
    beforeEnd: () => closed.push('frozen'),
    async onQuit() {
      await end
      closed.push('closed')
    },
  })
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { app, asked, closed, quit, quitting, settled, timer }
}

test('without anything that stops, quitting asks nothing and ends in order', async () => {
  const { app, asked, closed, quit, settled } = openQuitting(off, 1)
  quit()
  await settled()
  expect([asked.length, closed, app.exits]).toEqual([0, ['frozen', 'closed'], [0]])
})

test('whoever keeps it running keeps it running', async () => {
  const { app, asked, closed, quit, settled } = openQuitting({ ...off, status: 'running' }, 1)
  quit()
  quit()
  await settled()
  expect([asked.length, closed, app.exits]).toEqual([1, [], []])
})

test('whoever agrees quits, once', async () => {
  const { app, closed, quit, settled } = openQuitting({ ...off, status: 'running' }, 0)
  quit()
  await settled()
  await settled()
  expect([closed, app.exits]).toEqual([['frozen', 'closed'], [0]])
})

test('a system that shuts down is not kept waiting by a question', async () => {
  const { app, asked, quitting, settled } = openQuitting({ ...off, status: 'running' }, 1)
  quitting.now()
  await settled()
  expect([asked.length, app.exits]).toEqual([0, [0]])
})

test('whoever quits once more while everything ends neither cuts it short nor is asked', async () => {
  const end = Promise.withResolvers<void>()
  const { app, asked, closed, quit, quitting, settled } = openQuitting({ ...off, status: 'running' }, 1, end.promise)
  quitting.now()
  quit()
  quit()
  await settled()
  expect([asked.length, app.exits]).toEqual([0, []])
  end.resolve()
  await settled()
  expect([closed.at(-1), app.exits]).toEqual(['closed', [0]])
})

test('for an update everything ends first, then the installer ends the program, and nobody is asked', async () => {
  const { app, asked, closed, quit, quitting } = openQuitting({ ...off, status: 'running' }, 1)
  await quitting.restart(() => {
    closed.push('installed')
    quit()
  })
  expect(closed.slice(0, 4)).toEqual(['frozen', 'closed', 'released', 'installed'])
  // 1: not held back; the fake counts a quit that goes through.
  expect([asked.length, app.exits]).toEqual([0, [1]])
})

test('an installer that does nothing leaves no program behind that has ended everything', async () => {
  const { app, closed, quitting, timer } = openQuitting(off, 1)
  await quitting.restart(() => undefined)
  timer.fire(LONGEST_INSTALL)
  expect([closed.at(-1), app.exits]).toEqual(['relaunched', [0]])
})

test('what does not end in time keeps nobody from quitting', async () => {
  const { app, quit, settled, timer } = openQuitting(off, 1, new Promise(() => undefined))
  quit()
  timer.fire(LONGEST_END)
  await settled()
  expect(app.exits).toEqual([0])
})
