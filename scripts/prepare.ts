import { existsSync } from 'node:fs'
import { runCommands } from './lib/run-commands.ts'

// Runs after `npm ci`, so that `npm start` only starts. Needs no network, and no Electron binary.
async function prepare(): Promise<boolean> {
  // An image that installs with --omit=dev brings out/ and the patched modules from its build stage.
  if (!existsSync('node_modules/vite') || !existsSync('node_modules/patch-package')) return true

  const steps = [
    { name: 'patches', command: 'patch-package', args: ['--error-on-fail'] },
    { name: 'build', command: 'node', args: ['scripts/build.ts'] },
  ]
  for (const step of steps) {
    const [result] = await runCommands([step])
    if (result?.ok) continue
    console.error(`prepare: ${step.name} failed\n${result?.output.trim()}`)
    return false
  }
  return true
}

process.exitCode = (await prepare()) ? 0 : 1
