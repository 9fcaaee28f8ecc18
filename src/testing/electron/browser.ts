import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { chromiumPath } from '../services/chromium.ts'
import { createDevTools, type DevTools, type Fields } from './devtools.ts'

/** A page of Chromium that has just come to be and waits to be set up. */
export interface Target {
  readonly id: string
  readonly session: string
  /** The page that opened it; absent for those that main opened. */
  readonly opener: string | undefined
}

/** The one Chromium behind all windows. */
export interface Browser {
  readonly devTools: DevTools
  /** Opens an empty page in a window of its own. */
  openPage(size: { readonly width: number; readonly height: number }): Promise<Target>
  /** Is told of pages that other pages open. */
  onPopup(listener: (target: Target) => void): void
  onGone(listener: (target: string) => void): void
  close(): void
}

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--no-default-browser-check'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-startup-window'],
  ...[
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
  ],
  ...['--force-prefers-reduced-motion', '--disable-features=Translate,MediaRouter', '--hide-scrollbars'],
  // Ours goes over the pipe, which ends Chromium when this process ends; the port is for the test.
  ...['--remote-debugging-pipe', '--remote-debugging-port=0', '--lang=en-US'],
]

const opened: { browser: Browser | undefined } = { browser: undefined }

/** @throws Error before Chromium is there: as in Electron, nothing can be shown before the app is ready */
export function browser(): Browser {
  if (!opened.browser) throw new Error('Cannot do this before app is ready')
  return opened.browser
}

/** Starts Chromium. With a driver its address is told on stderr, where Playwright looks for it. */
export async function openBrowser(options: { readonly userData: string; readonly isDriven: boolean }): Promise<void> {
  const profile = join(options.userData, 'chromium')
  mkdirSync(profile, { recursive: true })
  const child = spawn(await chromiumPath(), [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, TZ: process.env.TZ ?? 'America/New_York' },
  })
  child.once('exit', () => process.exit(1))
  process.once('exit', () => child.kill('SIGKILL'))
  await relayAddress(child)
  // Reason for the casts: which streams there are follows from `stdio` above, which the types do not know.
  const devTools = createDevTools(child.stdio[3] as Writable, child.stdio[4] as Readable)
  opened.browser = await watchTargets(devTools, child)
}

/** Resolves when Chromium listens. */
function relayAddress(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      if (text === 'told') return
      text += chunk.toString()
      const [line] = /^DevTools listening on .*$/m.exec(text) ?? []
      if (line === undefined) return
      process.stderr.write(`${line}\n`)
      text = 'told'
      resolve()
    })
  })
}

interface Attached {
  readonly sessionId: string
  readonly targetInfo: { readonly targetId: string; readonly type: string; readonly openerId?: string }
}

async function watchTargets(devTools: DevTools, child: ChildProcess): Promise<Browser> {
  const awaited = new Map<string, (target: Target) => void>()
  const early = new Map<string, Target>()
  const popups: ((target: Target) => void)[] = []
  const gone: ((target: string) => void)[] = []
  const attach = ({ sessionId: session, targetInfo: { targetId: id, type, openerId: opener } }: Attached) => {
    // Whatever is paused and is no page of ours must go on, or its opener waits for ever.
    if (type !== 'page') return void devTools.send('Runtime.runIfWaitingForDebugger', {}, session)
    const target = { id, session, opener }
    if (opener !== undefined) for (const tell of popups) tell(target)
    else if (awaited.has(id)) awaited.get(id)?.(target)
    else early.set(id, target)
  }
  devTools.listen((method, params) => {
    // Reason for the cast: the protocol's own shape of this event.
    if (method === 'Target.attachedToTarget') attach(params as unknown as Attached)
    if (method === 'Target.targetDestroyed') for (const tell of gone) tell(String(params.targetId))
  })
  await devTools.send('Target.setDiscoverTargets', { discover: true })
  await devTools.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })
  return {
    devTools,
    async openPage({ width, height }) {
      const wanted: Fields = { url: 'about:blank', newWindow: true, width, height }
      const id = String((await devTools.send('Target.createTarget', wanted)).targetId)
      return early.get(id) ?? new Promise((resolve) => awaited.set(id, resolve))
    },
    onPopup: (listener) => popups.push(listener),
    onGone: (listener) => gone.push(listener),
    close: () => child.removeAllListeners('exit').kill('SIGKILL'),
  }
}
