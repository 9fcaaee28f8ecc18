import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { extract } from 'tar'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { freePorts } from '../../src/testing/services/free-port.ts'
import { createTemporaryFolder } from '../../src/testing/services/temporary-folder.ts'
import { packService } from './pack-service.ts'

const root = join(import.meta.dirname, '..', '..')

let folder: string
let archive: string
/** The unpacked archive, far from any node_modules of this project. */
let home: string
let files: readonly string[]

beforeAll(async () => {
  if (!existsSync(join(root, 'out/backend/index.js'))) throw new Error('nothing is built yet: run "npm run build"')
  const temporary = await createTemporaryFolder('service')
  folder = temporary.path
  archive = (await packService(root, join(folder, 'one'))).archive
  await mkdir(join(folder, 'opt'))
  await extract({ file: archive, cwd: join(folder, 'opt'), strip: 1 })
  home = join(folder, 'opt')
  files = globSync('**', { cwd: home, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath, entry.name).slice(home.length + 1))
  return temporary.remove
}, 120_000)

describe('the archive of the backend', () => {
  test('holds the backend, both pages, what is read, how it is installed, and nothing else of ours', () => {
    const places = files.filter((file) => !file.startsWith('node_modules/')).map((file) => file.split('/').slice(0, 2))
    expect([...new Set(places.map((place) => place.join('/')))].sort()).toEqual([
      ...['INSTALLING.md', 'LICENSE', 'out/backend', 'out/passenger', 'out/renderer', 'package.json'],
      ...['resources/days', 'resources/reference', 'resources/templates'],
      ...['service/backend.env.example', 'service/flightline-backend.service', 'service/flightline-backend.xml'],
      ...['service/install-service.ps1', 'service/uninstall-service.ps1'],
    ])
    expect(files.filter((file) => /\.(m|c)?tsx?$|\.map$|(^|\/)\.env$/.test(file))).toEqual([])
  })

  test('holds no library that only development, a page or the desktop needs', () => {
    const entry = z.looseObject({ dev: z.boolean().optional() })
    const lock = z.object({ packages: z.record(z.string(), entry) })
    const { packages } = lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
    const inside = files
      .filter((file) => /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(file))
      .map((file) => posix.dirname(file))
    expect(inside.length).toBeGreaterThan(50)
    expect(inside.filter((name) => !packages[name] || packages[name].dev === true)).toEqual([])
    expect(inside.filter((name) => /node_modules\/(electron.*|react.*|ag-grid.*)$/.test(name))).toEqual([])
  })

  test('has the same bytes whenever it is made of the same files', async () => {
    const again = await packService(root, join(folder, 'two'))
    const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
    expect(digest(again.archive)).toBe(digest(archive))
  })
})

describe('what was unpacked', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'runs by the command of the unit, serves passengers, and ends with 0 on %s',
    async (signal) => {
      const [port = 0] = await freePorts(1)
      const unit = readFileSync(join(home, 'service/flightline-backend.service'), 'utf8')
      const [, command = ''] = /^ExecStart=\S+node (.+)$/m.exec(unit) ?? []
      const child = spawn(process.execPath, command.split(' '), {
        cwd: home,
        // Nothing of this process but the path: what a service does not get must not be needed.
        env: {
          PATH: process.env.PATH,
          NODE_ENV: 'production',
          PORT: String(port),
          FLIGHTLINE_DATA: join(folder, signal),
        },
        stdio: 'ignore',
      })
      const ended = once(child, 'exit')
      try {
        const url = `http://127.0.0.1:${port}`
        await answers(url)
        const statuses = await Promise.all(
          ['/', '/console/', '/api/flights', '/docs/'].map(async (path) => (await fetch(url + path)).status),
        )
        expect(statuses).toEqual([200, 200, 200, 200])
        child.kill(signal)
        expect(await ended).toEqual([0, null])
      } finally {
        child.kill('SIGKILL')
      }
    },
  )

  test('says what is wrong with its settings and ends with the code that no restart follows', async () => {
    const child = spawn(process.execPath, ['out/backend/index.js'], {
      cwd: home,
      env: { PATH: process.env.PATH, PORT: 'eighty', FLIGHTLINE_DATA: join(folder, 'bad') },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let words = ''
    child.stderr.on('data', (chunk: Buffer) => {
      words += chunk.toString()
    })
    expect(await once(child, 'exit')).toEqual([2, null])
    expect(words).toContain('PORT: say a whole number')
  })
})

async function answers(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const isUp = await fetch(`${url}/health`)
      .then(({ ok }) => ok)
      .catch(() => false)
    if (isUp) return
    if (tries > 600) throw new Error('the backend does not answer')
    await sleep(50)
  }
}
