import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { UpdateState } from '../../shared/api/desktop-schemas.ts'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { manualTimer } from '../../testing/twins/manual-timer.ts'
import { nextCheck } from './next-check.ts'
import type { CheckResult } from './updater.ts'
import { createUpdates, type UpdatesParts } from './updates.ts'

const FIRST = nextCheck(true, 0.5)
const NEXT = nextCheck(false, 0.5)
const installation = { isPackaged: true, platform: 'linux', appImage: '/opt/flightline', hasFeed: true } as const
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Has the names and events of electron-updater's; each check is answered by `answer`. */
class ScriptedUpdater extends EventEmitter {
  autoDownload = false
  autoInstallOnAppQuit = false
  allowDowngrade = false
  disableWebInstaller = false
  logger: object | null = console
  checks = 0
  readonly installs: unknown[] = []
  answer: () => Promise<CheckResult | null> = async () => null
  #channel: string | null = null

  get channel() {
    return this.#channel
  }

  /** As the real one does. */
  set channel(channel) {
    this.#channel = channel
    this.allowDowngrade = true
  }

  checkForUpdates(): Promise<CheckResult | null> {
    this.checks += 1
    this.emit('checking-for-update')
    return this.answer()
  }

  quitAndInstall(...options: unknown[]): void {
    this.installs.push(options)
  }
}

function openUpdates(over: Partial<UpdatesParts> = {}) {
  const updater = new ScriptedUpdater()
  const timer = manualTimer()
  const logger = recordingLog()
  const seen: UpdateState['status'][] = []
  const loads = { count: 0 }
  const load = async () => {
    loads.count += 1
    return updater
  }
  const updates = createUpdates({
    ...{ policy: { updates: 'allowed', channel: 'latest' }, installation, load, timer, logger },
    ...{ random: () => 0.5, clock: { wall: () => 7 }, ...over },
  })
  updates.onChange(({ status }) => seen.push(status))
  return { updates, updater, timer, logger, seen, loads }
}

/** One that has a version downloaded. */
async function openReady() {
  const bench = openUpdates()
  await bench.updates.check()
  bench.updater.emit('update-available', { version: '1.3.0' })
  bench.updater.emit('update-downloaded', { version: '1.3.0' })
  return bench
}

describe('a desktop that may not update itself', () => {
  test.each([
    ['by policy', { policy: { updates: 'forbidden', channel: 'latest' } }, 'administers this machine'],
    ['not being a package', { installation: { ...installation, isPackaged: false } }, 'not an installed package'],
    ['from deb or rpm', { installation: { ...installation, appImage: undefined } }, 'those of the system'],
    ['without a feed', { installation: { ...installation, hasFeed: false } }, 'without a place to look'],
  ] as const)('%s: does not even load the updater, and says why', async (_name, over, message) => {
    const { updates, timer, loads } = openUpdates(over)
    updates.start()
    await updates.check()
    expect(updates.read()).toMatchObject({ status: 'off', message: expect.stringContaining(message) })
    expect([loads.count, timer.waiting(FIRST)]).toEqual([0, 0])
  })

  test.each(['darwin', 'win32'] as const)('on %s there is no other way, and it does', (platform) => {
    const { updates } = openUpdates({ installation: { ...installation, platform, appImage: undefined } })
    expect(updates.read().status).toBe('idle')
  })
})

describe('looking', () => {
  test('begins soon after the start and goes on every six hours, until it is closed', async () => {
    const { updates, updater, timer } = openUpdates()
    updates.start()
    expect(updater.checks).toBe(0)
    timer.fire(FIRST)
    await settled()
    expect(updater.checks).toBe(1)
    timer.fire(NEXT)
    await settled()
    expect(updater.checks).toBe(2)
    updates.close()
    expect(timer.waiting(NEXT)).toBe(0)
  })

  test('all desks of an airport do not look at one moment', () => {
    const hours = (random: number) => nextCheck(false, random) / 3_600_000
    expect([hours(0), hours(0.5), hours(1)]).toEqual([5.5, 6, 6.5])
    expect([nextCheck(true, 0), nextCheck(true, 1)]).toEqual([30_000, 60_000])
  })

  test('follows the channel of the policy, and never goes back to an older version', async () => {
    const { updates, updater } = openUpdates({ policy: { updates: 'allowed', channel: 'beta' } })
    await updates.check()
    expect([updater.channel, updater.allowDowngrade]).toEqual(['beta', false])
  })

  test('is told from first to last, and what is found is downloaded and installed at the end', async () => {
    const { updates, updater, seen } = openUpdates()
    await updates.check()
    updater.emit('update-available', { version: '1.3.0' })
    expect(updates.read()).toEqual({ status: 'downloading', version: '1.3.0', since: 7 })
    updater.emit('update-downloaded', { version: '1.3.0' })
    expect(seen).toEqual(['checking', 'downloading', 'ready'])
    expect(updater).toMatchObject({ autoDownload: true, autoInstallOnAppQuit: true, disableWebInstaller: true })
  })

  test('ends idle when there is nothing', async () => {
    const { updates, updater, seen } = openUpdates()
    await updates.check()
    updater.emit('update-not-available', { version: '1.2.0' })
    expect(seen).toEqual(['checking', 'idle'])
  })
})

describe('a version that is ready', () => {
  test('never interrupts: it is installed when the person asks', async () => {
    const { updates, updater } = await openReady()
    expect(updater.installs).toEqual([])
    updates.restart()
    expect(updater.installs).toEqual([[true, true]])
  })

  test('stays ready whatever later looks bring, until a newer one is', async () => {
    const { updates, updater, logger } = await openReady()
    updater.answer = () => Promise.reject(new Error('offline'))
    await updates.check()
    updater.emit('update-not-available', { version: '1.3.0' })
    expect(updates.read()).toMatchObject({ status: 'ready', version: '1.3.0' })
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
    updater.emit('update-downloaded', { version: '1.4.0' })
    expect(updates.read().version).toBe('1.4.0')
  })

  test('is what restarting needs: without one it does nothing', async () => {
    const { updates, updater } = openUpdates()
    await updates.check()
    updates.restart()
    expect(updater.installs).toEqual([])
  })
})

describe('a failure', () => {
  const offline = () =>
    Object.assign(new Error('GET https://updates/latest.yml: set-cookie: secret'), { code: 'ENOTFOUND' })

  test('is told and logged once, by its code alone, and is over with the next look', async () => {
    const { updates, updater, logger } = openUpdates()
    const error = offline()
    updater.answer = () => {
      updater.emit('error', error)
      return Promise.reject(error)
    }
    await updates.check()
    expect(updates.read()).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('another in some hours'),
    })
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { code: 'ENOTFOUND' } }])
    expect(JSON.stringify([logger.lines, updates.read()])).not.toMatch(/secret|https/)
    updater.answer = async () => null
    await updates.check()
    expect(updates.read().status).toBe('checking')
  })

  test('of a download ends no process', async () => {
    const { updates, updater } = openUpdates()
    updater.answer = async () => ({ downloadPromise: Promise.reject(offline()) })
    await updates.check()
    updater.emit('error', offline())
    await settled()
    expect(updates.read().status).toBe('failed')
  })

  test('of a signature is called what it is', async () => {
    const { updates, updater } = openUpdates()
    await updates.check()
    updater.emit('error', Object.assign(new Error('not signed'), { code: 'ERR_UPDATER_INVALID_SIGNATURE' }))
    expect(updates.read().message).toContain('refused')
  })

  test('to load the updater is none for ever', async () => {
    const updater = new ScriptedUpdater()
    const loads = [() => Promise.reject(new TypeError('half an installation')), async () => updater]
    const { updates, logger } = openUpdates({ load: () => loads.shift()?.() ?? Promise.reject(new Error('a third')) })
    await updates.check()
    expect(updates.read().status).toBe('failed')
    expect(logger.lines).toMatchObject([{ fields: { code: 'TypeError' } }])
    await updates.check()
    expect(updates.read().status).toBe('checking')
    await updates.check()
    expect(updater.checks).toBe(2)
  })
})
