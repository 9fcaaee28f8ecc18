import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { findPackageRoot } from '../../node/config/package-root.ts'
import { findElectronBinary } from './electron-binary.ts'

/** How a desktop is started. */
export interface LaunchOptions {
  /** Its data folder; two starts with the same one are the same desktop. */
  readonly userData: string
  readonly env?: Readonly<Record<string, string>>
  /** What it is called with besides, e.g. a deep link. */
  readonly args?: readonly string[]
}

/** A desktop that was started for a test. */
export interface LaunchedDesktop {
  readonly app: ElectronApplication
  /** Ends it at once, as `kill -9` does. */
  kill(): Promise<void>
}

/** Starts the built desktop (`out/`) under Playwright's hand. */
export async function launchDesktop({ userData, env = {}, args = [] }: LaunchOptions): Promise<LaunchedDesktop> {
  const root = findPackageRoot()
  const isReal = findElectronBinary() !== undefined
  const app = await _electron.launch({
    cwd: root,
    args: [...(isReal ? rootArguments() : []), `--user-data-dir=${userData}`, root, ...args],
    ...(isReal ? {} : { executablePath: join(import.meta.dirname, 'electron') }),
    env: { ...cleanEnvironment(), ...env },
    timezoneId: 'America/New_York',
    locale: 'en-US',
  })
  const child = app.process()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    app,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Starts the same desktop once more, as the system does for a link; resolves when that second process has ended. */
export async function startAgain({
  userData,
  args = [],
}: Pick<LaunchOptions, 'userData' | 'args'>): Promise<number | null> {
  const executable = findElectronBinary() ?? join(import.meta.dirname, 'electron')
  const child = spawn(executable, [...rootArguments(), `--user-data-dir=${userData}`, findPackageRoot(), ...args], {
    env: cleanEnvironment(),
    stdio: 'ignore',
  })
  const [code] = await once(child, 'exit')
  return code
}

/** Only root is not let into the sandbox: everybody else runs the specs inside of it. */
function rootArguments(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** What this process was told about servers is none of the desktop's business: it would be its settings. */
function cleanEnvironment(): Record<string, string> {
  const ours = /^(FLIGHTLINE_|MONGODB_URL|KAFKA_|SMTP_|MAIL_FROM|PORT$|HOST$|VITEST|NODE_OPTIONS|npm_)/
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || ours.test(name) ? [] : [[name, value]],
    ),
  )
}

/** Where a page says it is, as the program names it: the stand-in's pages live at an address of their own. */
export function appUrl(page: Page): string {
  return page.url().replace(/^https:\/\/(\w+)\.app\.stand-in/, 'app://$1')
}
