import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { create } from 'tar'
import { z } from 'zod'
import { createTemporaryFolder } from '../../src/testing/services/temporary-folder.ts'
import { listServiceFiles } from './list-files.ts'

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  type: z.string(),
  engines: z.record(z.string(), z.string()),
})

// Whoever packs the same files gets the same bytes: a checksum says what is inside, not when it was made.
const NO_DATE = new Date(0)

/**
 * Packs the built backend as it is installed on a server.
 * @param target - folder of the archive
 * @returns the path of the archive, and how many files it holds
 */
export async function packService(root: string, target: string): Promise<{ archive: string; count: number }> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  const name = `flightline-backend-${manifest.version}`
  const folder = await createTemporaryFolder('service')
  try {
    const files = listServiceFiles(root)
    for (const { from, to } of files) await place(join(root, from), join(folder.path, name, to))
    await writeFile(join(folder.path, name, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    await mkdir(target, { recursive: true })
    const archive = join(target, `${name}.tar.gz`)
    const names = [...files.map(({ to }) => to), 'package.json'].sort().map((file) => `${name}/${file}`)
    // Files alone, in order: folders are made by whoever unpacks, and owner and rights are theirs.
    await create({ file: archive, cwd: folder.path, gzip: { level: 9 }, portable: true, mtime: NO_DATE }, names)
    return { archive, count: names.length }
  } finally {
    await folder.remove()
  }
}

async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await copyFile(from, to)
}
