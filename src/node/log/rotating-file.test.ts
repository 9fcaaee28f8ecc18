import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { openLogFile } from './rotating-file.ts'

test('lines are in the file once it is closed, which only its owner reads', async () => {
  await using folder = await temporaryFolder('log')
  const file = openLogFile({ folder: join(folder.path, 'logs'), name: 'desktop' })
  file.write('{"one":1}\n')
  file.write('two')
  await file.close()
  const path = join(folder.path, 'logs', 'desktop.log')
  expect(await readFile(path, 'utf8')).toBe('{"one":1}\ntwo\n')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

test('a file that is opened again goes on where it stood', async () => {
  await using folder = await temporaryFolder('log')
  for (const line of ['first', 'second']) {
    const file = openLogFile({ folder: folder.path, name: 'desktop' })
    file.write(line)
    await file.close()
  }
  expect(await readFile(join(folder.path, 'desktop.log'), 'utf8')).toBe('first\nsecond\n')
})

test('full pieces are put aside, and only so many are kept', async () => {
  await using folder = await temporaryFolder('log')
  const file = openLogFile({ folder: folder.path, name: 'backend', size: '1K', pieces: 2 })
  for (let line = 0; line < 60; line += 1) {
    file.write(`${line} ${'x'.repeat(200)}`)
    await new Promise((resolve) => setTimeout(resolve, 4))
  }
  await file.close()
  const pieces = (await readdir(folder.path)).filter((name) => /^backend.*\.log$/.test(name))
  expect(pieces.length).toBeGreaterThan(1)
  expect(pieces.length).toBeLessThanOrEqual(3)
})

test('a folder that cannot be made, or vanishes, stops nobody', async () => {
  await using folder = await temporaryFolder('log')
  await writeFile(join(folder.path, 'taken'), '')
  const blocked = openLogFile({ folder: join(folder.path, 'taken'), name: 'x' })
  blocked.write('lost')
  await blocked.close()
  const file = openLogFile({ folder: join(folder.path, 'gone'), name: 'x' })
  await rm(join(folder.path, 'gone'), { recursive: true })
  for (let line = 0; line < 5; line += 1) file.write('lost')
  await file.close()
})
