import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppImageUpdater, Provider, type UpdateInfo } from 'electron-updater'
import { type ProviderRuntimeOptions, parseUpdateInfo } from 'electron-updater/out/providers/Provider.js'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import { releaseFile, stageRelease } from './stage-release.ts'

/** As electron-builder writes it. */
const release = `version: 1.3.0
files:
  - url: flightline-1.3.0-linux-x86_64.AppImage
    sha512: Qm9vdGg=
    size: 104857600
path: flightline-1.3.0-linux-x86_64.AppImage
sha512: Qm9vdGg=
releaseDate: '2026-11-25T12:00:00.000Z'
`

/** Whether the real updater of a desk of version 1.2.0, with this lot (32 bit, hexadecimal), takes what `text` offers. */
async function isTakenBy(lot: string, text: string): Promise<boolean | undefined> {
  await using folder = await temporaryFolder('updates')
  await writeFile(join(folder.path, '.updaterId'), `0b2ad8f4-0000-5000-8000-0000${lot}`)
  class OneRelease extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime)
    }
    getLatestVersion() {
      return Promise.resolve(parseUpdateInfo(text, 'latest-linux.yml', new URL('https://updates.example')))
    }
    resolveFiles() {
      return []
    }
  }
  const updater = new AppImageUpdater(null, {
    ...{ version: '1.2.0', name: 'flightline', isPackaged: true, appUpdateConfigPath: folder.path },
    ...{ userDataPath: folder.path, baseCachePath: folder.path },
    ...{ whenReady: async () => undefined, relaunch: () => undefined, quit: () => undefined, onQuit: () => undefined },
  })
  Object.assign(updater, { logger: null, autoDownload: false, forceDevUpdateConfig: true })
  updater.setFeedURL({ provider: 'custom', updateProvider: OneRelease })
  return (await updater.checkForUpdates())?.isUpdateAvailable
}

const lowest = '00000000'
const quarter = '40000000'
const highest = 'ffffffff'

describe('a staged release, read by the real updater', () => {
  test('is taken by the desks within its share and by no other', async () => {
    const staged = stageRelease(release, 10)
    expect(await isTakenBy(lowest, staged)).toBe(true)
    expect(await isTakenBy(quarter, staged)).toBe(false)
  })

  test('is taken by more with a greater share, and by all with 100', async () => {
    const third = stageRelease(stageRelease(release, 10), 33)
    expect([await isTakenBy(quarter, third), await isTakenBy(highest, third)]).toEqual([true, false])
    expect(await isTakenBy(highest, stageRelease(third, 100))).toBe(true)
  })

  test('is halted with 0', async () => {
    expect(await isTakenBy(lowest, stageRelease(release, 0))).toBe(false)
  })
})

test('staging changes nothing else', () => {
  expect(stageRelease(stageRelease(release, 5), 100)).toBe(release)
})

test.each([-1, 101, 2.5, Number.NaN])('%d is no share', (percentage) => {
  expect(() => stageRelease(release, percentage)).toThrow('whole number')
})

test('the files of every system and channel are found, and no other', () => {
  const names = [
    'latest.yml',
    'latest-mac.yml',
    'latest-linux.yml',
    'beta-linux.yml',
    'builder-debug.yml',
    'app-update.yml',
  ]
  expect(names.filter((name) => releaseFile.test(name))).toEqual(names.slice(0, 4))
})
