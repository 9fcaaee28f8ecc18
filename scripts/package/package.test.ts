import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { startBackendProcess } from '../../src/testing/services/backend.ts'
import { ASAR_BUDGET } from './describe-output.ts'
import { differingFuses, wantedFuses } from './fuses.ts'
import { importsOf } from './imports-of.ts'
import { type OpenPackage, openPackage } from './open-package.ts'

const root = join(import.meta.dirname, '..', '..')
const FEED = 'https://updates.example/flightline'
const records = z.record(z.string(), z.unknown())
const readJson = (path: string) => records.parse(JSON.parse(readFileSync(join(root, path), 'utf8')))
const isScript = (file: string) => /^out\/.*\.c?js$/.test(file)
const isOfNode = (name: string) => name.startsWith('node:') || builtinModules.includes(name)

let made: OpenPackage

beforeAll(async () => {
  if (!existsSync(join(root, 'out/main/index.js'))) throw new Error('nothing is built yet: run "npm run build"')
  made = await openPackage(root, { FLIGHTLINE_UPDATES_URL: FEED })
  return () => made.remove()
}, 120_000)

/** The folders of packages, such as `node_modules/a/node_modules/@b/c`. */
function packagesOf(files: readonly string[]): readonly string[] {
  const names = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
  return [...new Set(names.filter((name) => name !== undefined))]
}

describe('what is in the package', () => {
  test('all that was built, without its maps and what is for one architecture', () => {
    const built = globSync('out/**', { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(map|node)$/.test(entry.name))
      .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name))
    expect(built.length).toBeGreaterThan(10)
    expect(made.files.filter((file) => file.startsWith('out/'))).toEqual(built.sort())
  })

  test('the days, reference data and texts that it reads', () => {
    const needed = globSync('resources/{days,reference,templates}/*.{csv,json}', { cwd: root })
    expect(needed.length).toBeGreaterThan(5)
    expect(made.files).toEqual(expect.arrayContaining(needed))
  })

  test('no test, no source, no script, no tool, no page', () => {
    const places = new Set(made.files.map((file) => file.split('/')[0]))
    expect([...places].sort()).toEqual(['LICENSE', 'node_modules', 'out', 'package.json', 'resources'])
    const unwanted = /\.(m|c)?tsx?$|\.map$|(^|\/)\.env/
    expect(made.files.filter((file) => unwanted.test(file))).toEqual([])
  })

  test('of node_modules only what production needs, as the lock file has it', () => {
    const entry = z.looseObject({ version: z.string().optional(), dev: z.boolean().optional() })
    const { packages } = z.object({ packages: z.record(z.string(), entry) }).parse(readJson('package-lock.json'))
    const production = Object.entries(packages)
      .filter(([, { dev }]) => dev !== true)
      .map(
        ([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`,
      )
    const inside = packagesOf(made.files).map((folder) => {
      const { name, version } = records.parse(JSON.parse(made.read(`${folder}/package.json`)))
      return `${name}@${version}`
    })
    expect(inside.length).toBeGreaterThan(50)
    expect(inside.filter((name) => !production.includes(name))).toEqual([])
  })

  test('the licence of every package that has one', () => {
    const isLicence = /^licen[cs]e/i
    const kept = new Set(made.files.filter((file) => isLicence.test(posix.basename(file))).map(dirname))
    const licensed = packagesOf(made.files).filter((folder) => {
      const origin = join(root, folder)
      return existsSync(origin) && readdirSync(origin).some((name) => isLicence.test(name))
    })
    expect(licensed.length).toBeGreaterThan(50)
    expect(licensed.filter((folder) => !kept.has(folder))).toEqual([])
  })

  test('a package.json that starts the same program and tells nothing of how it is made', () => {
    const { main, version, type, ...rest } = records.parse(JSON.parse(made.read('package.json')))
    expect({ main, version, type }).toEqual(
      (({ main, version, type }) => ({ main, version, type }))(readJson('package.json')),
    )
    expect(Object.keys(rest)).not.toEqual(expect.arrayContaining(['scripts', 'devDependencies', 'allowScripts']))
  })

  test('not more than the budget', () => {
    expect(statSync(made.asar).size).toBeLessThan(ASAR_BUDGET)
  })
})

describe('nothing is missing', () => {
  const imports = () =>
    made.files.filter(isScript).flatMap((file) => importsOf(made.read(file)).map((name) => [file, name] as const))

  test('every file that a built file imports is there', () => {
    const relative = imports().filter(([, name]) => /^[./]/.test(name))
    const missing = relative.filter(([file, name]) => !made.files.includes(posix.join(posix.dirname(file), name)))
    expect(missing).toEqual([])
  })

  test('every library loads from the package alone, with all that it needs', () => {
    const asked = imports()
      .filter(([file]) => !/^out\/(renderer|passenger)\//.test(file))
      .map(([, name]) => name)
      .filter((name) => !/^[./]/.test(name) && !isOfNode(name) && name !== 'electron')
    const { dependencies } = z.object({ dependencies: records }).parse(readJson('package.json'))
    expect(asked).toEqual(expect.arrayContaining(['kafkajs', 'mongodb', 'fastify', 'zod', 'pino']))

    const names = new Set([...asked, ...Object.keys(dependencies)])
    const program = [...names].map((name) => `await import(${JSON.stringify(name)})`).join('\n')
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      ...{ cwd: made.app, encoding: 'utf8', env: { PATH: process.env.PATH } },
    })
    expect([status, stderr]).toEqual([0, ''])
  })

  test('what is patched here is patched there', () => {
    const patches = globSync('patches/*.patch', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'))
    const patched = patches.flatMap((patch) =>
      Array.from(patch.matchAll(/^\+\+\+ b\/(.+)$/gm), ([, file = '']) => file),
    )
    const shipped = patched.filter((file) => made.files.includes(file))
    expect(shipped.length).toBeGreaterThan(0)
    for (const file of shipped) expect(made.read(file)).toBe(readFileSync(join(root, file), 'utf8'))
  })

  test('pages import nothing by name: what they need is in them', () => {
    const bare = imports().filter(
      ([file, name]) => /^out\/(renderer|passenger|preload)\//.test(file) && /^[^./]/.test(name),
    )
    expect(bare.filter(([, name]) => name !== 'electron')).toEqual([])
  })

  test('the backend starts from it, replays the day, and serves both pages and the documentation', async () => {
    const backend = await startBackendProcess({ entry: join(made.app, 'out/backend/index.js') })
    try {
      const statuses = await Promise.all(
        ['/', '/console/', '/docs/', '/docs/static/index.html', '/openapi.json', '/api/flights'].map(async (path) => {
          const { status } = await fetch(new URL(path, backend.url))
          return [path, status]
        }),
      )
      expect(statuses.filter(([, status]) => status !== 200)).toEqual([])
    } finally {
      await backend.stop()
    }
  })
})

describe('the program around it', () => {
  test('has the fuses of the configuration, read back from its executable', async () => {
    const program = join(made.program, 'flightline')
    const wanted = wantedFuses(root)
    expect(await differingFuses(program, wanted)).toEqual([])
    expect(await differingFuses(program, { ...wanted, runAsNode: true })).toEqual(['runAsNode is not on'])
  })

  test('speaks English only', () => {
    expect(globSync('locales/*', { cwd: made.program })).toEqual(['locales/en-US.pak'])
  })

  test('knows where updates come from, because it was told', () => {
    const feed = parse(readFileSync(join(made.program, 'resources', 'app-update.yml'), 'utf8'))
    expect(feed).toMatchObject({ provider: 'generic', url: FEED })
  })
})
