import { existsSync } from 'node:fs'
import { chromium } from 'playwright'
import { findOnPath, isExecutable, runCommand } from './command.ts'
import { installPackages } from './debian.ts'
import { ServiceUnavailable } from './service-unavailable.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export interface ChromiumLaunch {
  readonly executablePath: string
  readonly args: string[]
}

/** A browser for Playwright: named by `CHROMIUM_PATH`, installed already, or installed now. */
export async function chromiumPath(): Promise<string> {
  const named = process.env.CHROMIUM_PATH
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named
    throw new ServiceUnavailable(`CHROMIUM_PATH names ${named}, which cannot be run`, 'correct it or unset it')
  }
  const found = findChromium()
  if (found !== undefined) return found
  const installed = (await installPackages('chromium')) ? findChromium() : undefined
  return installed ?? (await installWithPlaywright())
}

/** What to hand to `chromium.launch`: root has no use for the sandbox, and test machines have no GPU. */
export async function chromiumLaunch(): Promise<ChromiumLaunch> {
  const isRoot = process.getuid?.() === 0
  return { executablePath: await chromiumPath(), args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])] }
}

function findChromium(): string | undefined {
  const own = chromium.executablePath()
  return findOnPath(...NAMES) ?? ['/usr/bin/chromium', own].find((path) => existsSync(path) && isExecutable(path))
}

async function installWithPlaywright(): Promise<string> {
  const result = await runCommand('npx', ['playwright', 'install', 'chromium'])
  const found = findChromium()
  if (result.code === 0 && found !== undefined) return found
  throw new ServiceUnavailable(
    'Chromium is missing',
    'apt-get install chromium, or npx playwright install chromium, or set CHROMIUM_PATH',
  )
}
