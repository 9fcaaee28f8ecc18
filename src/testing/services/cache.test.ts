import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cacheFolder, installOnce } from './cache.ts'

let folder: string
let recipe: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flightline-cache-'))
  recipe = join(folder, 'recipe.xml')
  await writeFile(recipe, 'version 1')
  vi.stubEnv('FLIGHTLINE_CACHE', join(folder, 'cache'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const fill = async (draft: string) => writeFile(join(draft, 'library.jar'), 'bytes')

describe('an installation', () => {
  test('lands complete in the cache', async () => {
    const target = await installOnce({ name: 'kafka', recipe: [recipe], fill })
    expect(target.startsWith(cacheFolder())).toBe(true)
    expect(await readFile(join(target, 'library.jar'), 'utf8')).toBe('bytes')
  })

  test('happens once however many ask at the same time', async () => {
    const counted = vi.fn(fill)
    const asked = Array.from({ length: 6 }, () => installOnce({ name: 'kafka', recipe: [recipe], fill: counted }))
    expect(new Set(await Promise.all(asked)).size).toBe(1)
    expect(counted).toHaveBeenCalledTimes(1)
  })

  test('happens again for another recipe', async () => {
    const first = await installOnce({ name: 'kafka', recipe: [recipe], fill })
    await writeFile(recipe, 'version 2')
    expect(await installOnce({ name: 'kafka', recipe: [recipe], fill })).not.toBe(first)
  })

  test('that fails leaves nothing behind and may be tried again', async () => {
    const broken = async (draft: string) => {
      await fill(draft)
      throw new Error('the network went away')
    }
    await expect(installOnce({ name: 'kafka', recipe: [recipe], fill: broken })).rejects.toThrow('network')
    expect(await readdir(cacheFolder())).toEqual([])
    await access(await installOnce({ name: 'kafka', recipe: [recipe], fill }))
  })
})
