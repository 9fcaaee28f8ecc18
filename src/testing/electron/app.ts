import { EventEmitter } from 'node:events'
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { browser } from './browser.ts'
import { parseCommandLine, readManifest } from './command-line.ts'
import { createInstanceLock } from './instance-lock.ts'
import { strict } from './strict.ts'

const commandLine = parseCommandLine(process.argv.slice(2), process.argv[1] ?? '')
const manifest = readManifest(commandLine.appPath)
const named = commandLine.switches.get('user-data-dir')
const userData = named ? resolve(named) : join(homedir(), '.config', manifest.productName ?? manifest.name)
mkdirSync(userData, { recursive: true })

/** Something that must be closed before the program ends; `close` says whether it agrees. */
interface OpenWindow {
  close(): void
  isDestroyed(): boolean
}

const ready = Promise.withResolvers<void>()
const paths: Record<string, string> = {
  ...{ userData, appData: join(homedir(), '.config'), home: homedir(), temp: tmpdir() },
  ...{ logs: join(userData, 'logs'), exe: process.argv[1] ?? '', sessionData: userData },
}
const lock = createInstanceLock(
  userData,
  (argv) => void appState.app.emit('second-instance', {}, [...argv], process.cwd(), {}),
)
const openWindows: { all: () => readonly OpenWindow[] } = { all: () => [] }
let isReady = false
let isQuitting = false

const lifecycle = {
  whenReady: () => ready.promise,
  isReady: () => isReady,
  quit,
  exit,
  relaunch: () => {
    recorded.relaunched += 1
  },
  requestSingleInstanceLock: () => lock.request(),
  hasSingleInstanceLock: () => lock.isHeld(),
  releaseSingleInstanceLock: () => lock.release(),
}

const identity = {
  isPackaged: false,
  name: manifest.productName ?? manifest.name,
  getName: () => identity.name,
  setName: (name: string) => {
    identity.name = name
  },
  getVersion: () => manifest.version,
  getAppPath: () => commandLine.appPath,
  getPath: (name: string) => paths[name] ?? refuse(`app.getPath('${name}')`),
  setPath: (name: string, path: string) => {
    paths[name] = path
  },
  getLocale: () => 'en-US',
  getPreferredSystemLanguages: () => ['en-US'],
  setAppUserModelId: () => undefined,
  dock: undefined,
  commandLine: strict('app.commandLine', {
    appendSwitch: (name: string, value = '') => void switches.set(name, value),
    hasSwitch: (name: string) => switches.has(name),
    getSwitchValue: (name: string) => switches.get(name) ?? '',
  }),
}

const switches = new Map(commandLine.switches)

/** What the program asked of the system; tests read it. */
export const recorded = { badge: 0, relaunched: 0, protocols: new Set<string>(), isSandboxed: false }

const system = {
  enableSandbox() {
    if (isReady) throw new Error('app.enableSandbox() must be called before app is ready')
    recorded.isSandboxed = true
  },
  setBadgeCount(count = 0) {
    recorded.badge = count
    return true
  },
  getBadgeCount: () => recorded.badge,
  isUnityRunning: () => false,
  setAsDefaultProtocolClient: (scheme: string) => Boolean(recorded.protocols.add(scheme)),
  isDefaultProtocolClient: (scheme: string) => recorded.protocols.has(scheme),
  removeAsDefaultProtocolClient: (scheme: string) => recorded.protocols.delete(scheme),
  setAboutPanelOptions: () => undefined,
  showAboutPanel: () => undefined,
  setLoginItemSettings: () => undefined,
  focus: () => undefined,
}

/** The program as main sees it, and what the stand-in's other parts need of it. */
export const appState = {
  commandLine,
  userData,
  windows: openWindows,
  /** While the program quits, Electron does not tell that the last window is closed. */
  isQuitting: () => isQuitting,
  app: strict('app', Object.assign(new EventEmitter(), lifecycle, identity, system)),
}

/** Everything that Electron does before `ready` is done. */
export function becomeReady(): void {
  isReady = true
  appState.app.emit('will-finish-launching')
  ready.resolve()
  appState.app.emit('ready', {}, {})
}

function refuse(what: string): never {
  throw new Error(`not emulated: ${what}`)
}

/** Windows are asked, then the program, as Electron does; either may keep it running. */
function quit(): void {
  if (isQuitting) return
  const event = preventable()
  appState.app.emit('before-quit', event)
  if (event.defaultPrevented) return
  isQuitting = true
  for (const window of openWindows.all()) window.close()
  if (openWindows.all().some((window) => !window.isDestroyed())) {
    isQuitting = false
    return
  }
  const last = preventable()
  appState.app.emit('will-quit', last)
  isQuitting = false
  if (!last.defaultPrevented) exit(0)
}

function exit(code = 0): void {
  appState.app.emit('quit', {}, code)
  lock.release()
  if (isReady) browser().close()
  process.exit(code)
}

/** An event whose default can be prevented. */
export function preventable() {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}

// A program that is stopped from outside quits as by the menu; one that listens itself has taken Electron's handler away.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) quit()
  })
}
