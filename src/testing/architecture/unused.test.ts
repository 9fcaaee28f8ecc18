import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plantTree, type TreeFiles } from './planted-tree.ts'
import { runTool } from './run-tool.ts'

const { entry } = JSON.parse(readFileSync('knip.json', 'utf8'))
const used: TreeFiles = {
  'package.json': JSON.stringify({ name: 'planted', type: 'module', dependencies: { 'is-used': '1.0.0' } }),
  'knip.json': JSON.stringify({ entry, project: ['{src,backend}/**/*.ts'] }),
  'node_modules/is-used/package.json': JSON.stringify({ name: 'is-used', version: '1.0.0', main: 'index.js' }),
  'node_modules/is-used/index.js': '',
  'backend/index.ts': "import 'is-used'\nimport { a } from './a.ts'\n\na()\n",
  'backend/a.ts': 'export const a = () => 1\n',
}

async function findUnused(files: TreeFiles) {
  await using tree = await plantTree({ ...used, ...files })
  return await runTool('knip', ['--no-config-hints', '--no-progress'], tree.root)
}

test('knip is content where everything is used', async () => {
  expect(await findUnused({})).toMatchObject({ code: 0 })
})

test.each([
  ['a file', 'Unused files', 'backend/alone.ts', { 'backend/alone.ts': 'export const x = 1\n' }],
  ['an export', 'Unused exports', 'nobody', { 'backend/a.ts': 'export const a = () => 1\nexport const nobody = 2\n' }],
  ['a package', 'Unused dependencies', 'is-used', { 'backend/index.ts': "import { a } from './a.ts'\n\na()\n" }],
  [
    'an undeclared package',
    'Unlisted dependencies',
    'not-there',
    { 'backend/a.ts': "import 'not-there'\nexport const a = () => 1\n" },
  ],
])('knip reports %s that is not as it should be', async (_what, heading, name, files) => {
  const { code, output } = await findUnused(files)

  expect(code).toBe(1)
  expect(output).toContain(heading)
  expect(output).toContain(name)
})
