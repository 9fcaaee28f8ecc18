import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Where systems have owners and modes: who may own the file. `undefined` where they have none (Windows). */
export type Owner = number | undefined

interface Rights {
  readonly uid: number
  readonly mode: number
}

const WRITABLE_BY_OTHERS = 0o022
const MOST = 64 * 1024

/** A file is there, and cannot be relied on. */
export class UntrustedFile extends Error {}

/**
 * Reads a file that only `owner` can have written.
 * @returns `undefined` when there is none
 * @throws {@link UntrustedFile} when somebody else could change it or put another in its place
 */
export async function readTrustedFile(path: string, owner: Owner): Promise<string | undefined> {
  const handle = await open(path, 'r').catch(ignoreMissing)
  if (!handle) return undefined
  try {
    await assertTrusted(handle, path, owner)
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

/** Looks at the open file, not at its name: the name may lead elsewhere a moment later. */
async function assertTrusted(handle: FileHandle, path: string, owner: Owner): Promise<void> {
  const file = await handle.stat()
  if (!file.isFile()) throw new UntrustedFile('it is not a file')
  if (file.size > MOST) throw new UntrustedFile(`it is larger than ${MOST} bytes`)
  if (owner === undefined) return
  assertRights('it', file, owner)
  assertRights('its folder', await stat(dirname(path)), owner)
}

function assertRights(what: string, { uid, mode }: Rights, owner: number): void {
  if (uid !== owner) throw new UntrustedFile(`${what} does not belong to the administrator`)
  if ((mode & WRITABLE_BY_OTHERS) !== 0) throw new UntrustedFile(`others than the administrator may write to ${what}`)
}

function ignoreMissing(error: unknown): undefined {
  const isMissing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  if (!isMissing) throw error
}
