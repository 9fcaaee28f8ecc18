import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const open = new Set<string>()
let watching = false

export interface TemporaryFolder {
  readonly path: string
  remove(): Promise<void>
}

/** A folder under the system's temporary one; what nobody removed goes when the process ends. */
export async function createTemporaryFolder(name: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `flightline-${name}-`))
  open.add(path)
  if (!watching) process.once('exit', removeAll)
  watching = true
  const remove = async () => {
    await rm(path, { recursive: true, force: true, maxRetries: 3 })
    open.delete(path)
  }
  return { path, remove }
}

function removeAll(): void {
  for (const path of open) rmSync(path, { recursive: true, force: true, maxRetries: 3 })
}
