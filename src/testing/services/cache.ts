import { createHash, randomUUID } from 'node:crypto'
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { withFileLock } from './file-lock.ts'

const repository = resolve(import.meta.dirname, '../../..')

/** Where downloaded services live: shared by all checkouts when `FLIGHTLINE_CACHE` names a folder. */
export function cacheFolder(): string {
  return process.env.FLIGHTLINE_CACHE ?? join(repository, '.cache', 'services')
}

export interface Installation {
  readonly name: string
  /** Files that decide what is installed: another content means another folder. */
  readonly recipe: readonly string[]
  /** Fills the given empty folder. */
  readonly fill: (folder: string) => Promise<void>
}

/** Installs once per recipe and machine; a folder under its final name is always complete. */
export async function installOnce({ name, recipe, fill }: Installation): Promise<string> {
  const hash = createHash('sha256')
  for (const file of recipe) hash.update(await readFile(file))
  const target = join(cacheFolder(), `${name}-${hash.digest('hex').slice(0, 12)}`)
  if (await exists(target)) return target
  return await withFileLock(`${target}.lock`, async () => {
    if (await exists(target)) return target
    const draft = `${target}.${randomUUID()}`
    await mkdir(draft, { recursive: true })
    try {
      await fill(draft)
      await rename(draft, target)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
    return target
  })
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
