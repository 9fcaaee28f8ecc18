import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withFileLock } from './file-lock.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flightline-lock-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

describe('a file lock', () => {
  test('lets one at a time through', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(5)
      inside -= 1
    }
    await Promise.all(Array.from({ length: 8 }, () => withFileLock(join(folder, 'lock'), work)))
    expect(most).toBe(1)
  })

  test('hands on what the work returned and leaves nothing behind', async () => {
    expect(await withFileLock(join(folder, 'deep', 'lock'), async () => 7)).toBe(7)
    expect(await readdir(join(folder, 'deep'))).toEqual([])
  })

  test('is free again after work that failed', async () => {
    const failing = withFileLock(join(folder, 'lock'), () => Promise.reject(new Error('no space')))
    await expect(failing).rejects.toThrow('no space')
    expect(await withFileLock(join(folder, 'lock'), async () => 'in')).toBe('in')
  })

  test('is taken from an owner that died', async () => {
    // Above the largest pid Linux gives.
    await writeFile(join(folder, 'lock'), '4999999')
    const waiters = Array.from({ length: 4 }, (_, index) => withFileLock(join(folder, 'lock'), async () => index))
    expect(await Promise.all(waiters)).toEqual([0, 1, 2, 3])
  })

  test('is not taken from an owner that lives', async () => {
    await writeFile(join(folder, 'lock'), String(process.pid))
    const entry = withFileLock(join(folder, 'lock'), async () => 'in')
    expect(await Promise.race([entry, sleep(250).then(() => 'waiting')])).toBe('waiting')
    await rm(join(folder, 'lock'))
    expect(await entry).toBe('in')
  })
})
