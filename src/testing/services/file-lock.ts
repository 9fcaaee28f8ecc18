import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning } from './is-running.ts'

const RETRY_MS = 100

/** Runs `work` while no other process of this machine holds the lock. A holder that died loses it. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true })
  while (!(await acquire(path))) await sleep(RETRY_MS)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** Linking a finished file is atomic, so nobody ever reads a lock without its owner in it. */
async function acquire(path: string): Promise<boolean> {
  const own = `${path}.${randomUUID()}`
  await writeFile(own, String(process.pid))
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    await removeIfAbandoned(path)
    return false
  } finally {
    await rm(own, { force: true })
  }
}

async function removeIfAbandoned(path: string): Promise<void> {
  const owner = await readFile(path, 'utf8').catch(() => undefined)
  if (owner === undefined || isRunning(Number(owner))) return
  // Of several waiters only one moves the dead lock away, and what it moved must be what it had read.
  const aside = `${path}.${randomUUID()}`
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  const taken = await readFile(aside, 'utf8')
  if (taken !== owner) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
