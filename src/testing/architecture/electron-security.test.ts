import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contract } from '../../shared/api/contract.ts'
import { desktopContract } from '../../shared/api/desktop-contract.ts'
import { settingsViewSchema } from '../../shared/api/desktop-schemas.ts'

const read = (path: string) => readFileSync(path, 'utf8')

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join(folder, name))
}

const desktop = [...sources('src/main'), ...sources('src/preload')]

/** Files of product code in which a word stands, but for those that may say it. */
function saying(word: RegExp, allowed: readonly string[] = []): readonly string[] {
  return desktop.filter((path) => word.test(read(path)) && !allowed.includes(path))
}

describe("Electron's security list, from the source", () => {
  test('nothing that loosens a window is named anywhere (8, 9, 10)', () => {
    expect(saying(/allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures/)).toEqual([])
  })

  test('windows are made in one place, with the one set of preferences (2, 3, 4, 6, 11)', () => {
    expect(saying(/webPreferences/, ['src/main/windows/console-window.ts'])).toEqual([])
    expect(read('src/main/windows/console-window.ts')).toContain('webPreferences: securePreferences(preload),')
    expect(saying(/new BrowserWindow\(/, ['src/main/app/desktop-shell.ts'])).toEqual([])
    expect(saying(/BrowserView|WebContentsView|<webview/)).toEqual([])
  })

  test('the sandbox and the guards of every page stand before anything is ready (4, 12, 13, 14)', () => {
    const entry = read('src/main/index.ts')
    const ready = entry.indexOf('app.whenReady()')
    for (const call of ['sandboxEverything(app)', 'guardEveryPage(app)', 'registerScheme(protocol)']) {
      expect(entry.indexOf(call), call).toBeGreaterThan(-1)
      expect(entry.indexOf(call), call).toBeLessThan(ready)
    }
  })

  test('permissions and remote content are denied before the first window opens (1, 5)', () => {
    const start = read('src/main/start-desktop.ts')
    const first = start.indexOf('await restoreWindows(')
    for (const call of [
      'denyPermissions(session.defaultSession)',
      'blockRemoteContent(session.defaultSession)',
      'serveConsole(',
    ]) {
      expect(start.indexOf(call), call).toBeGreaterThan(-1)
      expect(start.indexOf(call), call).toBeLessThan(first)
    }
  })

  test('addresses are handed to the system in one place, which compares them (15)', () => {
    expect(saying(/openExternal|shell\.openPath/, ['src/main/security/open-external.ts'])).toEqual([])
  })

  test('Electron is pinned to one version, of a line that is still looked after (16)', () => {
    const { devDependencies } = JSON.parse(read('package.json'))
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('messages are received in one place, which checks who sent them (17)', () => {
    expect(
      saying(/ipcMain\b.*\.(on|once|handle)\(|ipcMain\.(on|once|handle)/, ['src/main/ipc/serve-pages.ts']),
    ).toEqual([])
    expect(read('src/main/ipc/serve-pages.ts')).toContain('!isTrustedSender(event, windows.has)')
  })

  test('pages are never loaded from files (18)', () => {
    expect(saying(/loadFile|file:\/\//)).toEqual([])
    expect(read('src/main/windows/console-window.ts')).toMatch(/window\.loadURL\(`\$\{CONSOLE_ORIGIN\}\/`\)/)
  })

  test('no process is started but by the utility process, since the fuse for others is off (19)', () => {
    expect(saying(/from '(node:)?child_process'/)).toEqual([])
  })

  test('the preload script is one short file that shows the page nothing (20)', () => {
    expect(sources('src/preload')).toHaveLength(1)
    const script = read('src/preload/index.ts')
    expect(script.split('\n').length).toBeLessThan(40)
    expect(script).not.toMatch(/contextBridge|exposeInMainWorld|globalThis\.|window\.\w+ =/)
  })
})

describe('beyond the list', () => {
  test('no page is ever sent a secret', () => {
    const draft = { mode: 'served', serverUrl: 'https://ops.example.com' }
    const view = { source: 'file', draft, stored: ['mongoUrl'], vault: { isSafe: true } }
    expect(settingsViewSchema.parse(view).stored).toEqual(['mongoUrl'])
    // What is shown is cut by main (settings-store.test.ts looks for the secrets themselves); no other answer has room for one.
    const answers = JSON.stringify(Object.keys(desktopContract))
    expect(answers).not.toMatch(/secret|password|vault/i)
    expect(Object.keys(contract)).not.toContain('settings')
  })

  test('the page asks for no driver and nothing of Node', () => {
    for (const path of sources('src/renderer')) {
      expect(read(path), path).not.toMatch(/from '(mongodb|kafkajs|node:|electron)/)
    }
  })
})

describe('docs/security.md', () => {
  const page = read('docs/security.md')
  const [lists = ''] = page.split('## Mutation check')
  const rows = [...lists.matchAll(/^\| (\d+) \|(.*)\|$/gm)]

  test('has each of the twenty points, each with a file and a test that exist', () => {
    expect([...new Set(rows.map(([, number]) => Number(number)))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    )
    for (const [, number, row = ''] of rows) {
      const paths = [...row.matchAll(/`([\w./-]+\.(?:ts|yml|json|md))`/g)].map(([, path = '']) => path)
      expect(paths.length, `point ${number}`).toBeGreaterThan(1)
      for (const path of paths) expect(existsSync(path), `${number}: ${path}`).toBe(true)
    }
  })

  test('names every rule of src/main/security', () => {
    const rules = readdirSync('src/main/security').filter((name) => !name.endsWith('.test.ts'))
    for (const name of rules) expect(page).toContain(`src/main/security/${name}`)
  })
})
