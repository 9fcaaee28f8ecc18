import { join } from 'node:path'
import { runCommands } from './lib/run-commands.ts'
import { describeOutput } from './package/describe-output.ts'
import { explainBuilder } from './package/explain-builder.ts'
import { feedArguments } from './package/feed.ts'
import { runBuilder } from './package/run-builder.ts'

// `npm run package`: builds, then makes the installers of this system in dist/. `-- --dir` makes only the unpacked
// program; whatever else follows `--` is for electron-builder (docs/releasing.md).
const root = join(import.meta.dirname, '..')

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

process.chdir(root)
const [build] = await runCommands([{ name: 'build', command: process.execPath, args: ['scripts/build.ts'] }])
if (!build?.ok) fail(build?.output ?? 'the build could not be started')

const args = [...feedArguments(process.env), ...process.argv.slice(2)]
const { code, output } = await runBuilder(root, args, (text) => process.stdout.write(text))
if (code !== 0) fail(explainBuilder(output) ?? `electron-builder ended with ${code}; its own words are above.`)
for (const line of describeOutput(join(root, 'dist'))) console.log(line)
