import { EventEmitter } from 'node:events'
import { toPage } from './addresses.ts'
import { browser } from './browser.ts'
import { strict } from './strict.ts'

type RequestHandler = (
  ...asked: [contents: unknown, permission: string, decide: (isGranted: boolean) => void, details: object]
) => void
type CheckHandler = (...asked: [contents: unknown, permission: string, origin: string, details: object]) => boolean

/** Chromium's names of permissions, beside Electron's. */
const names: Readonly<Record<string, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  'clipboard-read': 'clipboard-read',
  midi: 'midi',
}

const given: { request: RequestHandler | null; check: CheckHandler | null; device: unknown; display: unknown } = {
  ...{ request: null, check: null, device: null, display: null },
}

/** Asks the program's handlers about each permission and tells Chromium, before a page is loaded. */
export async function applyPermissions(address: string): Promise<void> {
  const origin = new URL(toPage(address)).origin
  for (const [name, permission] of Object.entries(names)) {
    const isGranted = (given.check?.(null, permission, address, {}) ?? true) && requested(permission)
    const setting = isGranted ? 'granted' : 'denied'
    await browser().devTools.send('Browser.setPermission', { permission: { name }, setting, origin })
  }
}

function requested(permission: string): boolean {
  if (!given.request) return true
  let isGranted = false
  given.request(
    null,
    permission,
    (decision) => {
      isGranted = decision
    },
    {},
  )
  return isGranted
}

type BeforeRequest = (
  details: { readonly url: string },
  decide: (answer: { readonly cancel?: boolean }) => void,
) => void

const gate: { beforeRequest: BeforeRequest | null } = { beforeRequest: null }

/** Whether the program lets a page load from an address. */
export async function mayLoad(url: string): Promise<boolean> {
  const { beforeRequest } = gate
  if (!beforeRequest) return true
  return new Promise((resolve) => beforeRequest({ url }, ({ cancel = false }) => resolve(!cancel)))
}

const defaultSession = strict(
  'session.defaultSession',
  Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: RequestHandler | null) => {
      given.request = handler
    },
    setPermissionCheckHandler: (handler: CheckHandler | null) => {
      given.check = handler
    },
    setDevicePermissionHandler: (handler: unknown) => {
      given.device = handler
    },
    webRequest: strict('session.webRequest', {
      onBeforeRequest: (handler: BeforeRequest | null) => {
        gate.beforeRequest = handler
      },
    }),
    setBluetoothPairingHandler: () => undefined,
    setDisplayMediaRequestHandler: (handler: unknown) => {
      given.display = handler
    },
    setUSBProtectedClassesHandler: () => undefined,
    setSpellCheckerEnabled: () => undefined,
    flushStorageData: () => undefined,
  }),
)

/** `electron.session`. */
export const session = strict('session', { defaultSession })
