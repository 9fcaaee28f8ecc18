import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openHttpBench } from '../../src/testing/fixtures/http-bench.ts'
import { talk } from '../../src/testing/fixtures/talk.ts'
import { temporaryFolder } from '../../src/testing/fixtures/temporary-folder.ts'

/** Two small pages as a build leaves them. */
async function buildPages() {
  const folder = await temporaryFolder('pages')
  const pages = { passenger: join(folder.path, 'passenger'), console: join(folder.path, 'console') }
  for (const [name, path] of Object.entries(pages)) {
    await mkdir(join(path, 'assets'), { recursive: true })
    await writeFile(join(path, 'index.html'), `<!doctype html><title>${name}</title>`)
    await writeFile(join(path, 'assets', 'main-1a2b3c.js'), `// ${name}`)
  }
  return { folder, pages }
}

describe('pages', () => {
  test('the passengers find theirs at /, staff at /console', async () => {
    const { folder, pages } = await buildPages()
    await using _ = folder
    await using server = await openHttpBench({ settings: { pages } })
    const home = await server.request('/')
    expect([home.status, home.text]).toEqual([200, expect.stringContaining('passenger')])
    expect(home.headers.get('cache-control')).toBe('no-cache')
    const redirect = await server.request('/console')
    expect([redirect.status, redirect.headers.get('location')]).toEqual([308, '/console/'])
    expect((await server.request('/console/')).text).toContain('<title>console')
  })

  test('what has a hash in its name is kept for ever, everything else is asked for again', async () => {
    const { folder, pages } = await buildPages()
    await using _ = folder
    await using server = await openHttpBench({ settings: { pages } })
    for (const path of ['/assets/main-1a2b3c.js', '/console/assets/main-1a2b3c.js']) {
      const { status, headers } = await server.request(path)
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable'])
      expect(headers.get('content-type')).toContain('javascript')
    }
    const { headers } = await server.request('/console/')
    // By hand: fetch adds a header that asks for the whole file.
    const head = ['GET /console/ HTTP/1.1', 'host: x', 'connection: close', `if-none-match: ${headers.get('etag')}`]
    expect(await talk(server.http.url, `${head.join('\r\n')}\r\n\r\n`)).toMatch(/^HTTP\/1.1 304 /)
  })

  test('a file that is not there is told in the usual shape', async () => {
    const { folder, pages } = await buildPages()
    await using _ = folder
    await using server = await openHttpBench({ settings: { pages } })
    for (const path of ['/assets/gone.js', '/console/gone', '/favicon.ico', '/assets/']) {
      const { status, json } = await server.request(path)
      expect([status, json]).toMatchObject([404, { code: 'FL_NOT_FOUND' }])
    }
  })

  test('pages that are not built are said to be missing, and everything else works', async () => {
    await using server = await openHttpBench()
    expect(server.bench.lines.filter(({ level }) => level === 'warn')).toHaveLength(2)
    expect((await server.request('/')).status).toBe(404)
    expect((await server.request('/api/flights')).status).toBe(200)
  })
})
