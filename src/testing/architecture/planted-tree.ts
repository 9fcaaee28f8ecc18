import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Contents by path, relative to the tree's root. */
export type TreeFiles = Readonly<Record<string, string>>

export interface PlantedTree extends AsyncDisposable {
  readonly root: string
}

/** A source tree in a temporary folder, for tests of the checks themselves; it is removed with its scope. */
export async function plantTree(files: TreeFiles): Promise<PlantedTree> {
  // Tools report real paths, and the temporary folder is a link on some systems.
  const root = await mkdtemp(join(await realpath(tmpdir()), 'flightline-tree-'))
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}
