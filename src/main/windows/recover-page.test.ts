import { expect, test } from 'vitest'
import { FakeWindow } from '../../testing/fixtures/fake-window.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { HANGS_AFTER, recoverPage } from './recover-page.ts'

function openBench(answer = false) {
  const fake = new FakeWindow({ x: 0, y: 0, width: 1, height: 1 })
  const timer = manualTimer()
  const clock = { now: 0 }
  const asked: number[] = []
  const askToTryAgain = async () => {
    asked.push(clock.now)
    return answer
  }
  fake.webContents.url = 'app://console/'
  const load = () => fake.loadURL('app://console/')
  recoverPage(fake.window, { timer, logger: recordingLog(), now: () => clock.now, askToTryAgain }, load)
  const crash = async (reason = 'crashed') => {
    fake.webContents.emit('render-process-gone', {}, { reason })
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { fake, timer, clock, asked, crash }
}

test('a page that crashed is loaded again, one that ended is not', async () => {
  const { fake, crash } = openBench()
  await crash()
  expect(fake.webContents.reloads).toBe(1)
  await crash('clean-exit')
  expect(fake.webContents.reloads).toBe(1)
})

test('a page that stopped before it was there is loaded, since nothing can be loaded again', async () => {
  const { fake, crash } = openBench()
  fake.webContents.url = ''
  await crash('launch-failed')
  expect([fake.loads, fake.webContents.reloads]).toEqual([1, 0])
  await crash()
  expect([fake.loads, fake.webContents.reloads]).toEqual([1, 1])
})

test.each([
  ['a page that cannot be loaded is loaded again', -2, true, 1],
  ['one that another was loaded instead of is not', -3, true, 0],
  ['nor is one because of a frame in it', -2, false, 0],
])('%s', async (_title, code, isMainFrame, reloads) => {
  const { fake } = openBench()
  fake.webContents.emit('did-fail-load', {}, code, 'ERR_FAILED', 'app://console/', isMainFrame)
  await new Promise((resolve) => setImmediate(resolve))
  expect(fake.webContents.reloads).toBe(reloads)
})

test('the fourth crash in a minute is a question, and no closes the window', async () => {
  const { fake, asked, crash } = openBench(false)
  for (let count = 0; count < 4; count += 1) await crash()
  expect(asked).toHaveLength(1)
  expect(fake.webContents.reloads).toBe(3)
  expect(fake.isDestroyed()).toBe(true)
})

test('yes tries once more', async () => {
  const { fake, crash } = openBench(true)
  for (let count = 0; count < 4; count += 1) await crash()
  expect(fake.webContents.reloads).toBe(4)
})

test('crashes that lie far apart are no question', async () => {
  const { fake, asked, clock, crash } = openBench()
  for (let count = 0; count < 8; count += 1) {
    clock.now += 40_000
    await crash()
  }
  expect(asked).toEqual([])
  expect(fake.webContents.reloads).toBe(8)
})

test('a page that hangs is ended and loaded again, one that comes back is left alone', async () => {
  const { fake, timer } = openBench()
  fake.emit('unresponsive')
  fake.emit('responsive')
  timer.fire(HANGS_AFTER)
  expect(fake.webContents.crashes).toBe(0)
  fake.emit('unresponsive')
  timer.fire(HANGS_AFTER)
  expect(fake.webContents.crashes).toBe(1)
  await new Promise((resolve) => setImmediate(resolve))
  expect(fake.webContents.reloads).toBe(1)
})

test('a window that is closed while its page hangs needs nothing any more', () => {
  const { fake, timer } = openBench()
  fake.emit('unresponsive')
  fake.close()
  timer.fire(HANGS_AFTER)
  expect(fake.webContents.crashes).toBe(0)
})
