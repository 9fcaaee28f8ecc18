import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { installJavaProgram } from './java.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flightline-java-'))
  vi.stubEnv('FLIGHTLINE_CACHE', folder)
  vi.stubEnv('JAVA_HOME', undefined)
  // Without a PATH there is no apt-get either, so nothing is installed by this test.
  vi.stubEnv('PATH', folder)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

describe('a machine without Java', () => {
  test('is told in one line what to install', async () => {
    await expect(installJavaProgram('kafka')).rejects.toThrow(
      'java is missing: apt-get install openjdk-17-jdk-headless maven (Java 17 or newer)',
    )
  })
})
