import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folder that holds `package.json` and `resources`, whether this runs from the sources or from a bundle in `out`.
 */
export function findPackageRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from
  const above = dirname(from)
  if (above === from) throw new Error(`no package.json above ${import.meta.dirname}: the installation is incomplete`)
  return findPackageRoot(above)
}
