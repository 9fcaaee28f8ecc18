import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/fixtures/temporary-folder.ts'

/** What all script of the page may weigh together, gzipped, in bytes. */
const BUDGET = 80_000

describe('the built page', () => {
  let files: ReadonlyMap<string, Buffer>
  const named = (end: string) => [...files].filter(([name]) => name.endsWith(end))
  const html = () => String(files.get('index.html'))

  beforeAll(async () => {
    await using folder = await temporaryFolder('passenger')
    const vite = join('node_modules', 'vite', 'bin', 'vite.js')
    const options = ['build', '--config', 'vite.passenger.config.ts', '--outDir', folder.path, '--logLevel', 'warn']
    // The tests' own NODE_ENV would build React for development.
    const env = { ...process.env, NODE_ENV: 'production' }
    await promisify(execFile)(process.execPath, [vite, ...options], { env })
    files = readAll(folder.path)
  }, 60_000)

  test(`weighs less than ${BUDGET} bytes of gzipped script`, () => {
    const scripts = named('.js')
    const weight = scripts.reduce((sum, [, script]) => sum + gzipSync(script).length, 0)

    expect(scripts.length).toBeGreaterThan(0)
    expect(weight).toBeLessThan(BUDGET)
  })

  test('holds nothing that its content security policy bars', () => {
    expect(html()).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(html()).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/)
    for (const [name, text] of named('.js')) expect(/\beval\(|new Function\(/.test(String(text)), name).toBe(false)
  })

  test('fetches nothing from anywhere else', () => {
    const addresses = [...files].flatMap(([name, text]) =>
      /\.(html|css)$/.test(name) ? [...String(text).matchAll(/(?:src|href)="([^"]+)"|url\(["']?([^"')]+)/g)] : [],
    )

    expect(addresses.length).toBeGreaterThan(2)
    expect(addresses.map(([, attribute, style]) => attribute ?? style).filter((one) => !one?.startsWith('/'))).toEqual(
      [],
    )
  })

  test('carries each language and the pictures as files, not as script', () => {
    expect(
      named('.json')
        .map(([name]) => name.slice(7, 9))
        .sort(),
    ).toEqual(['de', 'en', 'es', 'fr'])
    expect(named('.svg')).toHaveLength(2)
  })
})

function readAll(folder: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name))
  return new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]))
}
