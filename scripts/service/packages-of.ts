import { existsSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { importsOf } from '../package/imports-of.ts'

const names = z.record(z.string(), z.unknown()).default({})
const manifestSchema = z.object({ dependencies: names, optionalDependencies: names, peerDependencies: names })

/**
 * The packages that built files need, with all that those need in turn, as folders relative to `root`, sorted.
 * @param files - built files, relative to `root`
 * @throws Error for a needed package that is not installed
 */
export function packagesOf(root: string, files: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const file of files) {
    const asked = importsOf(readFileSync(join(root, file), 'utf8')).filter((name) => !/^[./]/.test(name))
    for (const name of asked.filter((name) => !isOfNode(name)))
      collect(found, root, locate(root, root, packageName(name)))
  }
  return [...found].sort()
}

function isOfNode(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name)
}

/** `@scope/name/deep/file` → `@scope/name` */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function collect(found: Set<string>, root: string, folder: string): void {
  const place = relative(root, folder).replaceAll('\\', '/')
  if (found.has(place)) return
  found.add(place)
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  for (const name of Object.keys(manifest.dependencies)) collect(found, root, locate(root, folder, name))
  // Those are there or not, as whoever installed has decided.
  for (const name of Object.keys({ ...manifest.optionalDependencies, ...manifest.peerDependencies })) {
    const place = find(root, folder, name)
    if (place !== undefined) collect(found, root, place)
  }
}

function locate(root: string, from: string, name: string): string {
  const place = find(root, from, name)
  if (place === undefined)
    throw new Error(`${name} is not installed, which ${relative(root, from) || 'the backend'} needs`)
  return place
}

/** As Node looks for it: in the nearest `node_modules` above. */
function find(root: string, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (existsSync(join(place, 'package.json'))) return place
    if (folder === root) return undefined
  }
}
