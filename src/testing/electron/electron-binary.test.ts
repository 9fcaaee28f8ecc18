import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../fixtures/temporary-folder.ts'
import { findElectronBinary } from './electron-binary.ts'

test('a binary that was downloaded is found where the package says', async () => {
  await using folder = await temporaryFolder('electron')
  await mkdir(join(folder.path, 'dist'))
  await writeFile(join(folder.path, 'dist', 'electron'), '')
  await writeFile(join(folder.path, 'path.txt'), 'electron\n')
  expect(findElectronBinary(folder.path)).toBe(join(folder.path, 'dist', 'electron'))
})

test('a package without its binary, or with half of a download, has none', async () => {
  await using folder = await temporaryFolder('electron')
  expect(findElectronBinary(folder.path)).toBeUndefined()
  await writeFile(join(folder.path, 'path.txt'), 'electron')
  expect(findElectronBinary(folder.path)).toBeUndefined()
})
