import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { type Bill, billOfShipped, billSchema } from './bill.ts'
import { bundledPackages } from './bundled-packages.ts'

const run = promisify(execFile)
const manifest = z.object({ dependencies: z.record(z.string(), z.string()) })

/** The bill of the desktop's package, from what npm knows about the installed packages. */
export async function readBill(root: string): Promise<Bill> {
  const { stdout } = await run('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    ...{ cwd: root, maxBuffer: 256 * 1024 * 1024 },
    // npm is a script there, which only a shell starts.
    shell: process.platform === 'win32',
  })
  const { dependencies } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const bundled = bundledPackages(root)
  const isShipped = (name: string) => name === 'electron' || Object.hasOwn(dependencies, name) || bundled.has(name)
  return billOfShipped(billSchema.parse(JSON.parse(stdout)), isShipped)
}
