import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { plantElectron } from '../../src/testing/fixtures/made-up-electron.ts'
import { createTemporaryFolder } from '../../src/testing/services/temporary-folder.ts'
import { feedArguments } from './feed.ts'
import { runBuilder } from './run-builder.ts'

/** The unpacked program as electron-builder made it of the present `out/`, around a made-up Electron. */
export interface OpenPackage {
  /** The folder that an installer would contain. */
  readonly program: string
  readonly asar: string
  /** The archive's files, taken out: far from any node_modules of this project. */
  readonly app: string
  /** The archive's files by name, with forward slashes, without its folders. */
  readonly files: readonly string[]
  read(file: string): string
  remove(): Promise<void>
}

/** Really packages for Linux, with `environment` for where updates come from. */
export async function openPackage(root: string, environment: NodeJS.ProcessEnv): Promise<OpenPackage> {
  const folder = await createTemporaryFolder('package')
  const electron = join(folder.path, 'electron')
  const dist = join(folder.path, 'dist')
  const app = join(folder.path, 'app')
  await plantElectron(electron)
  const places = [`-c.electronDist=${electron}`, `-c.directories.output=${dist}`]
  const { code, output } = await runBuilder(root, ['--linux', '--dir', ...places, ...feedArguments(environment)])
  if (code !== 0) throw new Error(`electron-builder ended with ${code}: ${output}`)

  const program = join(dist, 'linux-unpacked')
  const asar = join(program, 'resources', 'app.asar')
  extractAll(asar, app)
  const names = listPackage(asar, { isPack: false }).map((name) => name.replaceAll('\\', '/').slice(1))
  const folders = new Set(names.flatMap((name) => name.slice(0, Math.max(0, name.lastIndexOf('/')))))
  return {
    ...{ program, asar, app, files: names.filter((name) => !folders.has(name)).sort(), remove: folder.remove },
    read: (file) => readFileSync(join(app, file), 'utf8'),
  }
}
