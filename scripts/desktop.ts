import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findElectronBinary } from '../src/testing/electron/electron-binary.ts'

// `npm run desktop`: the built desktop on Electron; `-- --stand-in` on what takes its place in tests, without a screen.
const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const isStandIn = args.includes('--stand-in')
const electron = isStandIn ? join(root, 'src/testing/electron/electron') : findElectronBinary()

if (electron === undefined) {
  console.error(
    'Electron\'s binary is not here: run "npx install-electron" where the network allows it, then this again.',
  )
  process.exit(1)
}
const given = args.filter((argument) => argument !== '--stand-in')
const child = spawn(electron, [root, ...given], { stdio: 'inherit', cwd: root })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 1))
