import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FakeWindow } from '../../testing/fixtures/fake-window.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { createConsoleWindows } from './console-windows.ts'
import type { Display, Rectangle } from './window-state.ts'
import { createWindowsFile, WRITE_AFTER } from './windows-file.ts'

const left: Display = { id: 1, workArea: { x: 0, y: 0, width: 2000, height: 1200 } }
const right: Display = { id: 2, workArea: { x: 2000, y: 0, width: 2000, height: 1200 } }
const JFK = { station: 'JFK', isWall: false }

async function openBench() {
  const folder = await temporaryFolder('windows')
  const path = join(folder.path, 'windows.json')
  const made: FakeWindow[] = []
  const obstacle: { next?: Error } = {}
  const walls: boolean[] = []
  const displays = { all: [left, right] }
  const logger = recordingLog()
  const start = async () => {
    const timer = manualTimer()
    const file = createWindowsFile({ path, timer, logger, now: () => 7 })
    const windows = await createConsoleWindows({
      create(options) {
        // Reason for the cast: our own factory gives whole bounds.
        const window = new FakeWindow(options as Rectangle & Readonly<Record<string, unknown>>)
        window.obstacle = obstacle.next
        made.push(window)
        return window.window
      },
      ...{ preload: 'preload.cjs', isDark: () => true, file, displays: () => displays.all },
      displayOf: (window) => (window.getBounds().x >= 2000 ? 2 : 1),
      wallIsOpen: (isOpen) => walls.push(isOpen),
      recovery: { timer, logger, now: () => 0, askToTryAgain: async () => false },
    })
    return { windows, timer, file }
  }
  const newest = () => {
    const last = made.at(-1)
    if (!last) throw new Error('no window was made')
    return last
  }
  return {
    folder,
    path,
    made,
    obstacle,
    walls,
    displays,
    logger,
    start,
    newest,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

test('the first start opens one window of everything, safely and without a flash', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  await windows.restore()
  expect(bench.made).toHaveLength(1)
  const { options, title, loaded } = bench.newest()
  expect(options).toMatchObject({ show: false, backgroundColor: '#141a20', minWidth: 960 })
  expect(options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false })
  expect([title, loaded]).toEqual(['Flightline', 'app://console/'])
})

test('a window that does not begin full says nothing about it, because a Mac would never let it become so', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  await windows.restore()
  expect(bench.newest().options).not.toHaveProperty('fullscreen')
  await windows.open({ station: 'JFK', isWall: true })
  expect(bench.newest().options.fullscreen).toBe(true)
})

test('a page that stops while it is loaded ends nothing, and what was asked of it waits for the next', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  bench.obstacle.next = new Error('ERR_FAILED (-2) loading app://console/')
  await windows.ask({ type: 'action', action: 'search' })
  const { id } = bench.newest().webContents
  for await (const intent of windows.intents(id, new AbortController().signal)) {
    expect(intent).toEqual({ type: 'action', action: 'search' })
    break
  }
  expect(bench.logger.lines).toHaveLength(1)
})

test('all windows come back where they were, each for its station', async () => {
  await using bench = await openBench()
  const first = await bench.start()
  await first.windows.restore()
  await first.windows.open(JFK)
  bench.made[0]?.moveTo({ x: 2100, y: 50, width: 1200, height: 800 })
  bench.made[1]?.maximize()
  first.windows.freeze()
  for (const window of bench.made) window.close()
  await first.windows.remembered()
  bench.made.length = 0

  const second = await bench.start()
  await second.windows.restore()
  expect(bench.made.map(({ title }) => title)).toEqual(['Flightline', 'Flightline – JFK'])
  expect(bench.made[0]?.bounds).toEqual({ x: 2100, y: 50, width: 1200, height: 800 })
  expect(bench.made[1]?.isMaximized()).toBe(true)
})

test('a window whose display is unplugged comes back on another', async () => {
  await using bench = await openBench()
  const first = await bench.start()
  await first.windows.restore()
  bench.newest().moveTo({ x: 2100, y: 50, width: 1200, height: 800 })
  first.windows.freeze()
  await first.windows.remembered()
  bench.displays.all = [left]
  const second = await bench.start()
  await second.windows.restore()
  expect(bench.newest().bounds).toEqual({ x: 280, y: 150, width: 1440, height: 900 })
})

test('the last window that was closed comes back, one that was closed beside it does not', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  await windows.restore()
  await windows.open(JFK)
  bench.made[0]?.close()
  bench.made[1]?.close()
  expect(windows.count()).toBe(0)
  await windows.focus()
  expect(bench.made).toHaveLength(3)
  expect(bench.newest().title).toBe('Flightline – JFK')
})

test('a wall display fills its screen and hides the menu, and gives both back', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  await windows.restore()
  const window = bench.newest()
  const page = window.webContents.id
  windows.become(page, { station: 'JFK', isWall: true })
  expect(bench.walls.at(-1)).toBe(true)
  expect([window.isFullScreen(), window.is.menu, window.title]).toEqual([
    true,
    false,
    'Flightline – JFK – wall display',
  ])
  expect(windows.purpose(page)).toEqual({ station: 'JFK', isWall: true })
  windows.become(page, JFK)
  expect(bench.walls.at(-1)).toBe(false)
  expect([window.isFullScreen(), window.is.menu]).toEqual([false, true])
  windows.become(999, JFK)
})

test('what is asked goes to the window in front, and waits for its page', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  await windows.ask({ type: 'action', action: 'search' })
  const page = bench.newest().webContents.id
  await windows.open(JFK)
  bench.made[0]?.focus()
  await windows.ask({ type: 'departure', id: 'B6739-2026-11-20-JFK' })
  const ending = new AbortController()
  const taken: unknown[] = []
  for await (const intent of windows.intents(page, ending.signal)) {
    taken.push(intent)
    if (taken.length === 2) ending.abort()
  }
  expect(taken).toEqual([
    { type: 'action', action: 'search' },
    { type: 'departure', id: 'B6739-2026-11-20-JFK' },
  ])
})

test('a closed page is told, and what belongs to no page ends at once', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  await windows.restore()
  const closed: number[] = []
  windows.onClosed((page) => closed.push(page))
  const { id } = bench.newest().webContents
  bench.newest().close()
  expect(closed).toEqual([id])
  for await (const intent of windows.intents(id, new AbortController().signal)) throw new Error(intent.type)
})

test('larger holds for all windows and over restarts, within limits', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  await windows.restore()
  await windows.open(JFK)
  for (let step = 0; step < 30; step += 1) windows.zoom(0.5)
  expect(bench.made.map(({ webContents }) => webContents.zoomLevel)).toEqual([5, 5])
  windows.freeze()
  await windows.remembered()
  await (await bench.start()).windows.restore()
  expect(bench.newest().webContents.zoomLevel).toBe(5)
})

test('a window that is dragged is written once it rests, and not after the end', async () => {
  await using bench = await openBench()
  const { windows, timer, file } = await bench.start()
  await windows.restore()
  for (let x = 0; x < 50; x += 1) bench.newest().moveTo({ x, y: 0, width: 1000, height: 700 })
  expect(timer.waiting(WRITE_AFTER)).toBe(1)
  windows.freeze()
  await windows.remembered()
  bench.newest().close()
  await file.flush()
  expect(JSON.parse(await readFile(bench.path, 'utf8')).windows[0].bounds[1].x).toBe(49)
})

test.each(['{', '{"version":2}', '{"version":1,"windows":[{"display":"left"}],"zoomLevel":0,"wasTold":false}'])(
  'a file that reads %s is set aside, and a window opens all the same',
  async (text) => {
    await using bench = await openBench()
    await writeFile(bench.path, text)
    await (await bench.start()).windows.restore()
    expect(bench.made).toHaveLength(1)
    expect(await readdir(join(bench.folder.path, 'damaged'))).toHaveLength(1)
  },
)

test('that closing stops nothing is said once', async () => {
  await using bench = await openBench()
  const { windows } = await bench.start()
  expect([windows.wasTold(), windows.wasTold()]).toEqual([false, true])
  windows.freeze()
  await windows.remembered()
  expect((await bench.start()).windows.wasTold()).toBe(true)
})
