import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { findPackageRoot } from './package-root.ts'

test('the root is found from the sources and from deep inside a bundle', async () => {
  await using folder = await temporaryFolder()
  const deep = join(folder.path, 'out', 'backend', 'chunks')
  await mkdir(deep, { recursive: true })
  await writeFile(join(folder.path, 'package.json'), '{}')
  expect(findPackageRoot(deep)).toBe(folder.path)
  expect(findPackageRoot()).toBe(join(import.meta.dirname, '..', '..', '..'))
})

test('an installation without package.json says so', () => {
  expect(() => findPackageRoot('/proc')).toThrow('no package.json')
})
