import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Protocol } from 'electron'
import { contentPolicy } from './content-policy.ts'

/** Where the console lives inside Electron: a scheme of our own instead of `file:` (Electron security list, 18). */
export const CONSOLE_ORIGIN = 'app://console'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Must be called before the app is ready. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the files under `folder`, and nothing else, at `app://console/`. */
export function serveConsole(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle('app', (request) => answer(request.url, folder))
}

async function answer(address: string, folder: string): Promise<Response> {
  const path = resolveInside(address, folder)
  const type = path && types[extname(path)]
  if (!path || !type) return new Response('Not found', { status: 404 })
  try {
    const headers = {
      'content-type': type,
      'content-security-policy': contentPolicy,
      'x-content-type-options': 'nosniff',
    }
    return new Response(new Uint8Array(await readFile(path)), { headers })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return new Response('Not found', { status: 404 })
    throw error
  }
}

/** The file that an address names, or `undefined` when it would lie outside of `folder`. */
export function resolveInside(address: string, folder: string): string | undefined {
  const url = URL.parse(address)
  if (url?.protocol !== 'app:' || url.host !== 'console') return undefined
  const path = normalize(join(folder, decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname)))
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? path : undefined
}
