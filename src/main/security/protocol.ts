import { readFile, realpath } from 'node:fs/promises'
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

/** Serves the files under `folder`, and nothing else, at `app://console/`; only reading is understood. */
export function serveConsole(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle('app', (request) => answer(request, folder))
}

async function answer({ url, method }: Pick<Request, 'url' | 'method'>, folder: string): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD')
    return new Response('Not allowed', { status: 405, headers: { allow: 'GET, HEAD' } })
  const path = resolveInside(url, folder)
  const type = path && types[extname(path)]
  const content = type && (await readInside(path, folder))
  if (!content) return new Response('Not found', { status: 404 })
  const headers = {
    'content-type': type,
    'content-security-policy': contentPolicy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  }
  return new Response(method === 'HEAD' ? null : content, { headers })
}

/** `undefined` for what is not there, is no file, or leads out of the folder by a link. */
async function readInside(path: string, folder: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const [real, root] = await Promise.all([realpath(path), realpath(folder)])
    return real.startsWith(root + sep) ? new Uint8Array(await readFile(real)) : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.has(error.code)) return undefined
    throw error
  }
}

const absent: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP'])

/** The file that an address names, or `undefined` when it would lie outside of `folder` or is no address of the console. */
export function resolveInside(address: string, folder: string): string | undefined {
  const url = URL.parse(address)
  if (url?.protocol !== 'app:' || url.host !== 'console') return undefined
  const name = decode(url.pathname === '/' ? '/index.html' : url.pathname)
  if (name === undefined || name.includes('\0')) return undefined
  const path = normalize(join(folder, name))
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? path : undefined
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
