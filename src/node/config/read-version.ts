import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { findPackageRoot } from './package-root.ts'

const packageSchema = z.object({ version: z.string() })

/** The version of this program, from its `package.json`. */
export function readVersion(root: string = findPackageRoot()): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version
}
