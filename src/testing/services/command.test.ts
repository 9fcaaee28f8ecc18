import { basename } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { findOnPath, isExecutable, runCommand } from './command.ts'
import { freePorts } from './free-port.ts'
import { ServiceUnavailable } from './service-unavailable.ts'

afterEach(() => vi.unstubAllEnvs())

describe('a command', () => {
  test('returns its code and all it printed', async () => {
    const script = 'console.log("out"); console.error("err"); process.exit(3)'
    const { code, output } = await runCommand(process.execPath, ['-e', script])
    expect(code).toBe(3)
    expect(output).toContain('out')
    expect(output).toContain('err')
  })

  test('that does not exist ends like in a shell', async () => {
    expect(await runCommand('/no/such/program', [])).toMatchObject({ code: 127 })
  })

  test('is found on PATH by the first name that fits', () => {
    expect(basename(findOnPath('no-such-program', 'sh') ?? '')).toBe('sh')
    expect(findOnPath('no-such-program')).toBeUndefined()
  })

  test('is not found without a PATH', () => {
    vi.stubEnv('PATH', '')
    expect(findOnPath('sh')).toBeUndefined()
  })

  test('can be run only when the file may be', () => {
    expect(isExecutable(process.execPath)).toBe(true)
    expect(isExecutable(import.meta.filename)).toBe(false)
  })
})

test('free ports are all different', async () => {
  const ports = await freePorts(5)
  expect(new Set(ports).size).toBe(5)
  expect(Math.min(...ports)).toBeGreaterThan(1023)
})

test('what is unavailable is told in one line with its remedy', () => {
  const error = new ServiceUnavailable('java is missing', 'apt-get install\n  openjdk-17-jdk-headless')
  expect(error.message).toBe('java is missing: apt-get install openjdk-17-jdk-headless')
  expect(error.name).toBe('ServiceUnavailable')
})
