import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPackageRoot } from '../../../src/node/config/package-root.ts'

/** Bun as npm brings it for this machine; its package's own command works only after an install script. */
export function bunProgram(): string {
  const { platform, arch } = process
  const cpu = arch === 'arm64' ? 'aarch64' : arch
  const program = join(findPackageRoot(), 'node_modules', '@oven', `bun-${platform}-${cpu}`, 'bin', 'bun')
  if (!existsSync(program)) throw new Error(`npm brought no Bun for ${platform} on ${arch}`)
  return program
}
