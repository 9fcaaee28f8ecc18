import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { parseKey } from './key-text.ts'
import { loadKey } from './load-key.ts'

const run = promisify(execFile)

describe('a key from the settings', () => {
  test('is read in hex and in both alphabets of base64', () => {
    const key = randomBytes(32)
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      expect(loadKey({ piiKey: key.toString(encoding), dataFolder: '/nowhere' })).toEqual(key)
    }
  })

  test.each(['', 'x', 'a'.repeat(63), 'a'.repeat(45), '!'.repeat(43)])('"%s" is none', (text) => {
    expect(parseKey(text)).toBeUndefined()
    expect(() => loadKey({ piiKey: text, dataFolder: '/nowhere' })).toThrow(/FLIGHTLINE_PII_KEY/)
  })
})

describe('the key file', () => {
  test('is made once, for its owner only, and read again afterwards', async () => {
    await using folder = await temporaryFolder()
    const dataFolder = join(folder.path, 'deep', 'data')
    const key = loadKey({ dataFolder })
    expect(key).toHaveLength(32)
    expect(loadKey({ dataFolder })).toEqual(key)
    expect(await readdir(dataFolder)).toEqual(['pii.key'])
    expect((await stat(join(dataFolder, 'pii.key'))).mode & 0o777).toBe(0o600)
  })

  test('that others may read is closed to them', async () => {
    await using folder = await temporaryFolder()
    const key = loadKey({ dataFolder: folder.path })
    const file = join(folder.path, 'pii.key')
    await chmod(file, 0o644)
    expect(loadKey({ dataFolder: folder.path })).toEqual(key)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('that is damaged is refused and left as it is', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'pii.key')
    await writeFile(file, 'half a ke')
    expect(() => loadKey({ dataFolder: folder.path })).toThrow(/damaged; restore it/)
    expect(await readFile(file, 'utf8')).toBe('half a ke')
  })

  test('in a folder that cannot be used is a wrong setting', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'file'), '')
    const dataFolder = join(folder.path, 'file')
    expect(() => loadKey({ dataFolder })).toThrow(`FLIGHTLINE_DATA: the folder ${dataFolder} cannot be used (ENOTDIR)`)
  })

  test('is the same for processes that start at once', async () => {
    await using folder = await temporaryFolder()
    const program = `import { loadKey } from ${JSON.stringify(join(import.meta.dirname, 'load-key.ts'))}
      process.stdout.write(loadKey({ dataFolder: ${JSON.stringify(folder.path)} }).toString('hex'))`
    const args = ['--input-type=module', '--no-warnings', '--eval', program]
    const keys = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args)))
    expect(new Set(keys.map(({ stdout }) => stdout)).size).toBe(1)
    expect(keys[0]?.stdout).toMatch(/^[\da-f]{64}$/)
  })
})
