import { readFileSync } from 'node:fs'
import { cp, readdir, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type PlantedTree, plantTree } from '../src/testing/architecture/planted-tree.ts'
import { type CommandResult, runCommands } from './lib/run-commands.ts'

const page = (title: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><script type="module" src="./main.tsx"></script></body></html>`

const component = "import { createRoot } from 'react-dom/client'\n\ncreateRoot(document.body).render(<p>planted</p>)\n"

/** The five entries in their smallest form, each with a library and something of its environment. */
const entries = {
  'src/main/index.ts':
    "import { app } from 'electron'\nimport { z } from 'zod'\n\nconsole.log(app, z, import.meta.dirname)\n",
  'src/preload/index.ts':
    "import { contextBridge } from 'electron'\nimport { z } from 'zod'\n\ncontextBridge.exposeInMainWorld('x', z)\n",
  'src/renderer/index.html': page('console'),
  'src/renderer/main.tsx': component,
  'src/passenger/index.html': page('passenger'),
  'src/passenger/main.tsx': component,
  'backend/index.ts':
    "import { z } from 'zod'\nimport { DatabaseSync } from 'node:sqlite'\n\nconsole.log(typeof z, typeof DatabaseSync)\n",
}

const configurations = ['package.json', 'electron.vite.config.ts', 'vite.passenger.config.ts', 'vite.backend.config.ts']
const native = ['backend/push/native/write-all.c', 'backend/push/write-all.ts', 'src/node/config/package-root.ts']

async function plantProject(files: Readonly<Record<string, string>>): Promise<PlantedTree> {
  const copied = [...configurations, ...native].map((name) => [name, readFileSync(name, 'utf8')])
  const tree = await plantTree({ ...Object.fromEntries(copied), ...files })
  await cp('scripts', join(tree.root, 'scripts'), { recursive: true })
  await symlink(resolve('node_modules'), join(tree.root, 'node_modules'))
  return tree
}

async function run(root: string, script: string): Promise<CommandResult> {
  const [result] = await runCommands([{ name: script, command: process.execPath, args: [join(root, script)] }])
  if (!result) throw new Error('no result')
  return result
}

describe('the build', () => {
  let root: string
  const read = (path: string) => readFileSync(join(root, path), 'utf8')

  beforeAll(async () => {
    const tree = await plantProject(entries)
    root = tree.root
    const { ok, output } = await run(root, 'scripts/build.ts')
    expect(ok, output).toBe(true)
    return () => tree[Symbol.asyncDispose]()
  })

  test('makes all five parts', async () => {
    expect((await readdir(join(root, 'out'))).sort()).toEqual(['backend', 'main', 'passenger', 'preload', 'renderer'])
  })

  test('the preload is one file that requires nothing but electron', async () => {
    const required = read('out/preload/index.cjs').matchAll(/\brequire\(\s*["'`]([^"'`]+)/g)

    expect(await readdir(join(root, 'out/preload'))).toEqual(['index.cjs'])
    expect(Array.from(required, ([, name]) => name)).toEqual(['electron'])
  })

  test('the console addresses its parts relatively: it is served under two different roots', () => {
    expect(read('out/renderer/index.html')).toMatch(/src="\.\/assets\//)
  })

  test('the passenger page addresses its parts from the root', () => {
    expect(read('out/passenger/index.html')).toMatch(/src="\/assets\//)
  })

  test.each(['renderer', 'passenger'])('the %s page holds no inline script, which its policy would bar', (part) => {
    expect(read(`out/${part}/index.html`)).not.toMatch(/<script(?![^>]*\bsrc=)/)
  })

  test('main is an ES module that leaves its libraries in node_modules', () => {
    expect(read('out/main/index.js')).toMatch(/import \{ z \} from ["']zod["']/)
  })

  test('the backend starts on plain Node', async () => {
    expect(await run(root, 'out/backend/index.js')).toMatchObject({ ok: true, output: 'object function\n' })
  })
})

test('a missing entry fails the build and is named', async () => {
  const { 'backend/index.ts': _backend, ...others } = entries
  await using tree = await plantProject(others)

  const { ok, output } = await run(tree.root, 'scripts/build.ts')

  expect(ok).toBe(false)
  expect(output).toContain('backend/index.ts')
})
