import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { readVersion } from './read-version.ts'

test('the version is that of the package', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'package.json'), '{"name": "flightline", "version": "7.8.9"}')
  expect(readVersion(folder.path)).toBe('7.8.9')
  expect(readVersion()).toMatch(/^\d+\.\d+\.\d+/)
})
