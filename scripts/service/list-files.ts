import { globSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { packagesOf } from './packages-of.ts'

/** Where a file lies in the repository, and where in the archive. */
export interface ServiceFile {
  readonly from: string
  readonly to: string
}

const configuration = z.object({ files: z.array(z.string()) })

/** What the backend is without Electron: itself, both pages, what it reads, its libraries, and how it is installed. */
export function listServiceFiles(root: string): readonly ServiceFile[] {
  const own = list(root, ['out/{backend,passenger,renderer}/**', 'resources/{days,reference,templates}/**', 'LICENSE'])
  const scripts = own.filter((file) => /^out\/backend\/.*\.js$/.test(file))
  const libraries = packagesOf(root, scripts).flatMap((folder) => filesOf(root, folder))
  const unshipped = readExclusions(root)
  // Named for its kind of machine, and passed over on any other.
  const native = list(root, ['out/backend/native/*.node'])
  const shipped = [...own, ...libraries].filter((file) => !unshipped.some((pattern) => matchesGlob(file, pattern)))
  const installing = list(root, ['deploy/{systemd,windows}/*']).map((from) => ({
    from,
    to: `service/${from.slice(from.lastIndexOf('/') + 1)}`,
  }))
  const manual = { from: 'docs/installing.md', to: 'INSTALLING.md' }
  const same = [...shipped, ...native].map((file) => ({ from: file, to: file }))
  return [...same, ...installing, manual].sort((left, right) => (left.to < right.to ? -1 : 1))
}

/** What a package of ours leaves out is said once, where the desktop's is described. */
function readExclusions(root: string): readonly string[] {
  const { files } = configuration.parse(parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')))
  return files.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
}

/** A package without those that lie in it: each of them is named by itself if it is needed. */
function filesOf(root: string, folder: string): readonly string[] {
  return list(root, [`${folder}/**`]).filter((file) => !file.slice(folder.length).includes('/node_modules/'))
}

function list(root: string, patterns: readonly string[]): readonly string[] {
  return globSync([...patterns], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
}
