import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/fixtures/temporary-folder.ts'

// As much of Electron as starting needs. As the real one does, it becomes ready only after the entry was evaluated.
const electron = `
const ready = Promise.withResolvers()
export const emitReady = ready.resolve
const said = (...words) => process.stdout.write(words.join(' ') + '\\n')
export const app = {
  enableSandbox: () => said('sandbox'),
  on: () => undefined,
  once: () => undefined,
  whenReady: () => ready.promise,
  getPath: () => process.env.USER_DATA,
  getAppPath: () => process.cwd(),
  exit: (code) => process.exit(code),
}
export const protocol = { registerSchemesAsPrivileged: () => undefined, handle: () => undefined }
export const session = { defaultSession: { setPermissionRequestHandler() {}, setPermissionCheckHandler() {} } }
export const ipcMain = { on: () => undefined }
export const ipcRenderer = {}
export const dialog = { showErrorBox: (title, text) => said('error', title, text) }
export class BrowserWindow {
  webContents = { on() {}, setWindowOpenHandler() {} }
  once() {}
  show() {}
  loadURL(url) {
    said('window', url)
    setTimeout(() => process.exit(0), 50)
    return Promise.resolve()
  }
}
`

async function startMain(env: Readonly<Record<string, string>>) {
  await using folder = await temporaryFolder('main')
  const module = pathToFileURL(join(folder.path, 'electron.mjs')).href
  const entry = pathToFileURL(join(import.meta.dirname, 'index.ts')).href
  const runner = join(folder.path, 'run.mjs')
  await writeFile(join(folder.path, 'electron.mjs'), electron)
  await writeFile(
    runner,
    `import { registerHooks } from 'node:module'
     registerHooks({ resolve: (name, context, next) =>
       name === 'electron' ? { url: ${JSON.stringify(module)}, shortCircuit: true } : next(name, context) })
     await import(${JSON.stringify(entry)})
     const { emitReady } = await import('electron')
     emitReady()`,
  )
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--no-warnings', runner], {
    env: { ...process.env, USER_DATA: join(folder.path, 'data'), ...env },
    timeout: 14_000,
  }).catch((failure: { stdout: string }) => failure)
  return stdout
}

test('the window opens although Electron is ready only after the entry was evaluated', async () => {
  const said = await startMain({ FLIGHTLINE_DAY: 'none' })
  expect(said.split('\n')[0]).toBe('sandbox')
  expect(said).toContain('window app://console/')
})

test('a desk that cannot start says why', async () => {
  const said = await startMain({ MONGODB_URL: 'mongodb://127.0.0.1' })
  expect(said).toContain('error Flightline did not start FL_SETTINGS_INVALID')
})
