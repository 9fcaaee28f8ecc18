import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Protocol } from 'electron'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/fixtures/temporary-folder.ts'
import { contentPolicy } from './content-policy.ts'
import { registerScheme, resolveInside, serveConsole } from './protocol.ts'

describe('resolveInside', () => {
  test('maps addresses to files of the folder', () => {
    expect(resolveInside('app://console/', '/out/renderer')).toBe('/out/renderer/index.html')
    expect(resolveInside('app://console/assets/a.js?v=1#x', '/out/renderer')).toBe('/out/renderer/assets/a.js')
  })

  test.each([
    'app://console/../main/index.js',
    'app://console/%2e%2e/main/index.js',
    'app://console/..%2f..%2fetc/passwd',
    'app://other/index.html',
    'file:///etc/passwd',
    'https://console/index.html',
    'nonsense',
  ])('%s never leaves the folder', (address) => {
    const path = resolveInside(address, '/out/renderer')
    expect(path === undefined || path.startsWith('/out/renderer/')).toBe(true)
  })

  test('a neighbour whose name begins alike is outside', () => {
    expect(resolveInside('app://console/..%2frenderer-evil/x.js', '/out/renderer')).toBeUndefined()
  })
})

/** What `protocol.handle` got. */
async function served(folder: string, address: string, method = 'GET'): Promise<Response> {
  const handlers = new Map<string, (request: Request) => unknown>()
  const handle: Protocol['handle'] = (scheme, handler) => handlers.set(scheme, handler as (request: Request) => unknown) // Electron's request type is the global one
  serveConsole({ handle }, folder)
  const answer = await handlers.get('app')?.({ url: address, method } as Request) // only these two are looked at
  if (!(answer instanceof Response)) throw new Error('no answer')
  return answer
}

describe('serveConsole', () => {
  test('serves files with their type and the strict policy', async () => {
    await using folder = await temporaryFolder('console')
    await mkdir(join(folder.path, 'assets'))
    await writeFile(join(folder.path, 'assets', 'a.js'), 'export {}')
    const answer = await served(folder.path, 'app://console/assets/a.js')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toBe(contentPolicy)
    expect(await answer.text()).toBe('export {}')
  })

  test.each([
    'app://console/missing.js',
    'app://console/assets',
    'app://console/secret.pem',
    'app://console/..%2fx.js',
    'app://console/%E0%A4%A.js',
    'app://console/a%00.js',
    `app://console/${'x'.repeat(5_000)}.js`,
  ])('%s is not found', async (address) => {
    await using folder = await temporaryFolder('console')
    await writeFile(join(folder.path, 'secret.pem'), 'x')
    expect((await served(folder.path, address)).status).toBe(404)
  })

  test('a link in the folder leads to nothing outside of it', async () => {
    await using folder = await temporaryFolder('console')
    await mkdir(join(folder.path, 'renderer'))
    await writeFile(join(folder.path, 'main.js'), 'secret')
    await symlink(join(folder.path, 'main.js'), join(folder.path, 'renderer', 'a.js'))
    expect((await served(join(folder.path, 'renderer'), 'app://console/a.js')).status).toBe(404)
  })

  test('only reading is understood', async () => {
    await using folder = await temporaryFolder('console')
    await writeFile(join(folder.path, 'a.js'), 'export {}')
    expect((await served(folder.path, 'app://console/a.js', 'POST')).status).toBe(405)
    const head = await served(folder.path, 'app://console/a.js', 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('the policy allows no script but our own, no frame and no object', () => {
    expect(contentPolicy).toContain("default-src 'none'")
    expect(contentPolicy).toContain("script-src 'self';")
    expect(contentPolicy).not.toContain('unsafe-eval')
    expect(contentPolicy).toContain("frame-ancestors 'none'")
  })

  test('the scheme is registered as standard and secure', () => {
    const registered: unknown[] = []
    registerScheme({ registerSchemesAsPrivileged: (schemes) => registered.push(...schemes) })
    expect(registered).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  })
})
