import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importsOf } from '../package/imports-of.ts'

/**
 * Names of the packages that the pages import: the build puts them into out/, so they are shipped although npm calls
 * them development dependencies.
 */
export function bundledPackages(root: string): ReadonlySet<string> {
  const names = globSync('src/{renderer,passenger,preload}/**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .flatMap((path) => importsOf(readFileSync(join(root, path), 'utf8')))
    .flatMap((name) => /^(?:@[^/]+\/)?[^@./][^/]*/.exec(name)?.[0] ?? [])
  return new Set(names)
}
