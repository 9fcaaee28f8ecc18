import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordingLog } from '../../testing/fixtures/logs.ts'
import { testKeyring } from '../../testing/fixtures/safe-storage.ts'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { createSessionVault } from './session-vault.ts'
import { createVault } from './vault.ts'

async function openBench(platform: NodeJS.Platform = 'linux') {
  const folder = await temporaryFolder('vault')
  const keyring = testKeyring()
  const logger = recordingLog()
  const path = join(folder.path, 'secrets.bin')
  const open = () => createVault({ safeStorage: keyring, path, platform, logger, now: () => 7 })
  return { folder, keyring, logger, path, open, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

test('secrets are there after a restart, sealed and for their owner only', async () => {
  await using bench = await openBench()
  await bench.open().change({ mongoUrl: 'mongodb://desk:secret@db.example.com' })
  expect(await bench.open().read()).toEqual({ mongoUrl: 'mongodb://desk:secret@db.example.com' })
  expect(await readFile(bench.path, 'utf8')).not.toContain('secret')
  expect((await stat(bench.path)).mode & 0o777).toBe(0o600)
})

test('one name is changed or removed, the others stay', async () => {
  await using bench = await openBench()
  const vault = bench.open()
  await vault.change({ a: '1', b: '2' })
  await vault.change({ a: undefined, c: '3' })
  expect(await vault.read()).toEqual({ b: '2', c: '3' })
  await vault.change({ b: undefined, c: undefined })
  expect(existsSync(bench.path)).toBe(false)
})

test('changes that meet are made one after the other', async () => {
  await using bench = await openBench()
  const vault = bench.open()
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => vault.change({ [name]: name })))
  expect(await vault.read()).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd' })
})

test.each(['basic_text', 'unknown', ''])(
  'with the store "%s" nothing is kept, and there is a way out',
  async (backend) => {
    await using bench = await openBench()
    bench.keyring.backend = backend
    const vault = bench.open()
    await expect(vault.change({ a: '1' })).rejects.toMatchObject({ code: 'FL_SECRETS_UNPROTECTED' })
    expect(await vault.safety()).toMatchObject({ isSafe: false, advice: expect.stringContaining('keyring') })
    expect(existsSync(bench.path)).toBe(false)
  },
)

test('elsewhere than on Linux the system alone says whether it can', async () => {
  await using bench = await openBench('win32')
  bench.keyring.backend = 'basic_text'
  expect(await bench.open().safety()).toEqual({ isSafe: true })
  bench.keyring.isAvailable = false
  expect((await bench.open().safety()).isSafe).toBe(false)
})

test('after the keyring was reset the secrets are asked for anew, and the old ones are set aside', async () => {
  await using bench = await openBench()
  await bench.open().change({ a: '1' })
  bench.keyring.owner = 'nobody else'
  const vault = bench.open()
  expect(await vault.read()).toEqual({})
  expect(bench.logger.lines).toHaveLength(1)
  expect(await readdir(join(bench.folder.path, 'damaged'))).toHaveLength(1)
  await vault.change({ a: '2' })
  expect(await vault.read()).toEqual({ a: '2' })
})

test('a keyring that is locked takes nothing away: what is stored is there again once it is open', async () => {
  await using bench = await openBench()
  await bench.open().change({ a: '1' })
  bench.keyring.isLocked = true
  const vault = bench.open()
  expect(await vault.read()).toEqual({})
  await expect(vault.change({ a: undefined })).rejects.toMatchObject({ code: 'FL_SECRETS_LOCKED' })
  await expect(vault.change({ b: '2' })).rejects.toMatchObject({ code: 'FL_SECRETS_LOCKED' })
  bench.keyring.isLocked = false
  expect(await bench.open().read()).toEqual({ a: '1' })
})

test('a keyring that does not run is found out, whatever the desktop environment is called', async () => {
  await using bench = await openBench()
  bench.keyring.isMissing = true
  const vault = bench.open()
  expect((await vault.safety()).isSafe).toBe(false)
  await expect(vault.change({ a: '1' })).rejects.toMatchObject({ code: 'FL_SECRETS_UNPROTECTED' })
  expect(existsSync(bench.path)).toBe(false)
})

test('a damaged file loses what was in it and nothing else', async () => {
  await using bench = await openBench()
  await writeFile(bench.path, 'half a fi')
  expect(await bench.open().read()).toEqual({})
})

test('what the system wants sealed anew is sealed anew', async () => {
  await using bench = await openBench()
  await bench.open().change({ a: '1' })
  const before = bench.keyring.sealed
  bench.keyring.shouldReEncrypt = true
  expect(await bench.open().read()).toEqual({ a: '1' })
  expect(bench.keyring.sealed).toBe(before + 1)
})

test('a sign-in is kept where that is safe, and only then', async () => {
  await using bench = await openBench()
  const session = createSessionVault(bench.open())
  await session.save('token')
  expect(await createSessionVault(bench.open()).load()).toBe('token')
  await session.save(undefined)
  expect(await session.load()).toBeUndefined()
  bench.keyring.backend = 'basic_text'
  await session.save('token')
  expect(await session.load()).toBeUndefined()
})
