import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'
import { describeOutput } from './describe-output.ts'

test('installers and archives are told with their sizes, and what lies beside them is not', async () => {
  await using folder = await temporaryFolder('dist')
  const resources = join('linux-unpacked', 'resources')
  await mkdir(join(folder.path, resources), { recursive: true })
  await writeFile(join(folder.path, resources, 'app.asar'), Buffer.alloc(1024 * 1024))
  await writeFile(join(folder.path, 'flightline-1.2.0-linux-amd64.deb'), Buffer.alloc(3 * 512 * 1024))
  await writeFile(join(folder.path, 'latest-linux.yml'), '')
  expect(describeOutput(folder.path)).toEqual([
    'flightline-1.2.0-linux-amd64.deb: 1.5 MB',
    `${join(resources, 'app.asar')}: 1.0 MB of 25.0 MB`,
  ])
})
