import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { appState, becomeReady } from './app.ts'
import { openBrowser } from './browser.ts'
import { readManifest } from './command-line.ts'
import { watchPages } from './web-contents.ts'

// What Electron does before and around the program: it is evaluated at once, and ready comes later.
const { commandLine, userData } = appState
process.argv = [...commandLine.argv]
Object.assign(process.versions, { electron: '45.4.1', chrome: 'stand-in' })
Object.assign(process, { type: 'browser', resourcesPath: join(commandLine.appPath, 'out') })

const started = Promise.withResolvers<void>()
if (commandLine.isDriven) Object.assign(globalThis, { __playwright_run: () => started.resolve() })
else started.resolve()

const opening = openBrowser({ userData, isDriven: commandLine.isDriven })
await import(pathToFileURL(join(commandLine.appPath, readManifest(commandLine.appPath).main)).href)
await Promise.all([opening.then(watchPages), started.promise])
becomeReady()
