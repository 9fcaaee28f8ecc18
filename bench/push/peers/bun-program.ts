import { statSync } from 'node:fs'
import { join } from 'node:path'
import { findPackageRoot } from '../../../src/node/config/package-root.ts'

// What npm puts there first is a script of some lines that says that the install script was not run.
const LEAST_BYTES = 1_000_000

/** Bun as npm brings it for this machine: its install script, where it may run, moves it to another place. */
export function bunProgram(): string {
  const { platform, arch } = process
  const cpu = arch === 'arm64' ? 'aarch64' : arch
  const modules = join(findPackageRoot(), 'node_modules')
  const places = [
    join(modules, '@oven', `bun-${platform}-${cpu}`, 'bin', 'bun'),
    join(modules, 'bun', 'bin', 'bun.exe'),
  ]
  const program = places.find((place) => (statSync(place, { throwIfNoEntry: false })?.size ?? 0) > LEAST_BYTES)
  if (program === undefined) throw new Error(`npm brought no Bun for ${platform} on ${arch}`)
  return program
}
