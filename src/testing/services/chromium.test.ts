import { afterEach, describe, expect, test, vi } from 'vitest'
import { chromiumLaunch, chromiumPath } from './chromium.ts'

afterEach(() => vi.unstubAllEnvs())

describe('the browser', () => {
  test('is the one CHROMIUM_PATH names', async () => {
    vi.stubEnv('CHROMIUM_PATH', process.execPath)
    expect(await chromiumPath()).toBe(process.execPath)
    expect(await chromiumLaunch()).toMatchObject({ executablePath: process.execPath })
  })

  test('is refused in one line when CHROMIUM_PATH names nothing', async () => {
    vi.stubEnv('CHROMIUM_PATH', '/no/such/browser')
    await expect(chromiumPath()).rejects.toThrow('CHROMIUM_PATH names /no/such/browser, which cannot be run')
  })
})
