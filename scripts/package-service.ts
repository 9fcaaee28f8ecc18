import { stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { runCommands } from './lib/run-commands.ts'
import { packService } from './service/pack-service.ts'

// `npm run package:service`: builds, then makes the archive of the headless backend in dist/ (docs/installing.md).
const root = join(import.meta.dirname, '..')

process.chdir(root)
const [build] = await runCommands([{ name: 'build', command: process.execPath, args: ['scripts/build.ts'] }])
if (!build?.ok) {
  console.error(build?.output ?? 'the build could not be started')
  process.exit(1)
}
const { archive, count } = await packService(root, join(root, 'dist'))
const size = ((await stat(archive)).size / 1_000_000).toFixed(1)
console.log(`${relative(root, archive)}: ${count} files, ${size} MB`)
