import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { replaceFile } from './replace-file.ts'
import { setAside } from './set-aside.ts'

test('a file is written whole, for its owner only, and nothing is left beside it', async () => {
  await using folder = await temporaryFolder('files')
  const path = join(folder.path, 'board.json')
  await replaceFile(path, 'first')
  await replaceFile(path, 'second')
  expect(await readFile(path, 'utf8')).toBe('second')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder.path)).toEqual(['board.json'])
})

test('a write that fails leaves the old text and nothing else', async () => {
  await using folder = await temporaryFolder('files')
  const path = join(folder.path, 'board.json')
  await mkdir(path)
  await writeFile(join(path, 'in-the-way'), '')
  await expect(replaceFile(path, 'text')).rejects.toThrow()
  expect(await readdir(folder.path)).toEqual(['board.json'])
})

test('what is set aside keeps its text, and a second one its own place', async () => {
  await using folder = await temporaryFolder('files')
  const path = join(folder.path, 'board.json')
  const texts: string[] = []
  for (const [index, text] of ['one', 'two'].entries()) {
    await writeFile(path, text)
    texts.push(await readFile(await setAside(path, index), 'utf8'))
  }
  expect(texts).toEqual(['one', 'two'])
  expect(await readdir(folder.path)).toEqual(['damaged'])
})
