import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Moves a file that cannot be read into the folder `damaged` beside it. @returns where it is now */
export async function setAside(path: string, now: number): Promise<string> {
  const folder = join(dirname(path), 'damaged')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const place = join(folder, `${now}-${basename(path)}`)
  await rename(path, place)
  return place
}
