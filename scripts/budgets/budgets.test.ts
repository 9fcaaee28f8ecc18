import { execFileSync, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { plantTree } from '../../src/testing/architecture/planted-tree.ts'
import { measureTree } from './measure-tree.ts'
import { reportMeasures } from './report.ts'
import { readSourceTree } from './source-tree.ts'

const script = resolve('scripts/budgets.ts')

const soundTree = {
  'src/shared/domain/gate.ts': `/** A gate. */\nexport const gate = [\n${"  'A1',\n".repeat(8)}]\n`,
  'src/shared/domain/gate.test.ts': "test('a gate', () => {})\n".repeat(11),
}

test('a sound tree passes, and the table says so', async () => {
  await using tree = await plantTree(soundTree)

  const output = execFileSync(process.execPath, [script], { cwd: tree.root, encoding: 'utf8' })

  expect(output).toContain('All budgets are met.')
  expect(output).not.toContain('FAIL')
})

test('a breach ends the check with 1 and is named by file and line', async () => {
  await using tree = await plantTree({ ...soundTree, 'backend/bad.ts': '// why\nexport const bad: any = 1\n' })

  const { status, stdout } = spawnSync(process.execPath, [script], { cwd: tree.root, encoding: 'utf8' })

  expect(status).toBe(1)
  expect(stdout).toMatch(/^FAIL {2}any +1 {2}0$/m)
  expect(stdout).toContain('backend/bad.ts:2 any')
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^Budgets missed: .*any/)
})

test('a tree without sources fails: a check that sees nothing is not content', async () => {
  await using tree = await plantTree({ 'README.md': 'empty' })

  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: tree.root, encoding: 'utf8' })

  expect(status).toBe(1)
  expect(stderr).toContain('no TypeScript found')
})

test('declarations and installed packages are not read', async () => {
  await using tree = await plantTree({
    ...soundTree,
    'src/globals.d.ts': 'declare const x: any\n',
    'src/node_modules/x/index.ts': 'export const x: any = 1\n',
  })

  expect(readSourceTree(tree.root).files.map(({ path }) => path)).toEqual(Object.keys(soundTree).sort())
})

test('every measure of the table has a name of its own', async () => {
  await using tree = await plantTree(soundTree)
  const names = measureTree(readSourceTree(tree.root)).map(({ name }) => name)

  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(20)
})

test('the report aligns its columns', () => {
  const report = reportMeasures([
    { name: 'a', value: '10', target: '<= 9', ok: false, breaches: [{ file: 'x.ts', line: 3, text: 'too big' }] },
    { name: 'longer', value: '1', target: '0', ok: true, breaches: [] },
  ])

  expect(report.split('\n')).toEqual([
    'FAIL  a       10  <= 9',
    'ok    longer   1  0',
    'x.ts:3 too big',
    'Budgets missed: a',
  ])
})
