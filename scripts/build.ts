import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as buildDesktop } from 'electron-vite'
import { build } from 'vite'
import { buildNative } from './lib/build-native.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds all five parts into out/: main, preload, console (electron-vite), passenger page, backend (vite, and a bit of C). */
async function buildAll(): Promise<void> {
  await buildDesktop({ root, configFile: resolve(root, 'electron.vite.config.ts'), logLevel: 'warn' })
  for (const config of ['vite.passenger.config.ts', 'vite.backend.config.ts']) {
    await build({ configFile: resolve(root, config), logLevel: 'warn' })
  }
  console.log(await buildNative(root))
}

// Entries are named relative to the root, wherever the script is started from.
process.chdir(root)
await buildAll()
