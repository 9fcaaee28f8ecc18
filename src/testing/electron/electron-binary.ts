import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Where Electron's own binary lies, or `undefined` where it could not be downloaded.
 * @param folder - of the package `electron`
 */
export function findElectronBinary(folder = packageFolder()): string | undefined {
  const pointer = join(folder, 'path.txt')
  if (!existsSync(pointer)) return undefined
  const path = join(folder, 'dist', readFileSync(pointer, 'utf8').trim())
  return existsSync(path) ? path : undefined
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
}
