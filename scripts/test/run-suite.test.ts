import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type PlantedTree, plantTree } from '../../src/testing/architecture/planted-tree.ts'
import { runSuite, type Suite } from './run-suite.ts'
import type { Tally } from './tally.ts'

const green: Tally = { passed: 2, failed: 0, remarks: [] }

/** A suite that is a line of JavaScript; `report` is the path it may write to. */
function suite(tree: PlantedTree, code: string, tally: Tally = green): Suite {
  const report = join(tree.root, 'reports/x.json')
  const source = `const write = () => require('fs').writeFileSync(${JSON.stringify(report)}, '{}'); ${code}`
  return { name: 'x', command: process.execPath, args: ['-e', source], report, tally: () => tally }
}

async function run(code: string, tally?: Tally) {
  await using tree = await plantTree({})
  let output = ''
  const result = await runSuite(suite(tree, code, tally), (text) => {
    output += text
  })
  return { ...result, output }
}

test('a suite that ends well counts what it reports, and its output goes through', async () => {
  const result = await run('console.log("on the way"); write()')

  expect(result).toMatchObject({ ...green, output: 'on the way\n' })
})

test('remarks carry the name of the suite', async () => {
  const { remarks } = await run('write()', { passed: 1, failed: 1, remarks: ['1 skipped'] })

  expect(remarks).toEqual(['x: 1 skipped'])
})

test('without a report it has failed, with the first error it printed', async () => {
  const code =
    'console.error("\\x1b[31mServiceUnavailable: no Kafka here: apt-get install it\\x1b[0m\\nmore"); process.exit(1)'

  expect(await run(code)).toMatchObject({
    passed: 0,
    failed: 1,
    remarks: ['x did not start: ServiceUnavailable: no Kafka here: apt-get install it'],
  })
})

test('a report of no tests at all is a failure, not a success', async () => {
  const { failed, remarks } = await run('console.log("No test files found"); write()', { ...green, passed: 0 })

  expect(failed).toBe(1)
  expect(remarks).toEqual(['x did not start: No test files found'])
})

test('a bad end after passed tests is one failure', async () => {
  const result = await run('write(); console.log("Error: a hook broke"); process.exitCode = 3')

  expect(result).toMatchObject({ passed: 2, failed: 1, remarks: ['x ended with code 3: Error: a hook broke'] })
})

test('a bad end explained by failed tests is not counted again', async () => {
  const result = await run('write(); process.exitCode = 1', { passed: 1, failed: 4, remarks: [] })

  expect(result).toMatchObject({ passed: 1, failed: 4, remarks: [] })
})

test('a report left over from an earlier run is not taken for this one', async () => {
  await using tree = await plantTree({ 'reports/x.json': '{}' })

  const { failed } = await runSuite(suite(tree, 'console.log("died")'), () => undefined)

  expect(failed).toBe(1)
})

test('a runner that is not installed is named', async () => {
  await using tree = await plantTree({})

  const { remarks } = await runSuite({ ...suite(tree, ''), command: 'no-such-runner' }, () => undefined)

  expect(remarks).toEqual([expect.stringContaining('no-such-runner could not start')])
})
