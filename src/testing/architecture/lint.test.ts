import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { plantTree, type TreeFiles } from './planted-tree.ts'
import { runTool } from './run-tool.ts'

// No git in the planted tree, so the ignore file is not asked for; everything else is the project's own configuration.
const configuration = readFileSync('biome.json', 'utf8').replace(
  '"enabled": true, "clientKind"',
  '"enabled": false, "clientKind"',
)

const branches = Array.from({ length: 13 }, (_, index) => `if (a === ${index}) return ${index}`).join('\n')

/** One file per rule that the house adds to Biome's recommended ones; the file breaks it. */
const planted: Readonly<Record<string, readonly [string, string]>> = {
  noExplicitAny: ['backend/any.ts', 'export const x: any = 1\n'],
  noNonNullAssertion: ['backend/non-null.ts', 'export const x = (list: string[]) => list[0]!\n'],
  noDefaultExport: ['backend/default.ts', 'export default 1\n'],
  noConsole: ['backend/console.ts', "console.log('x')\n"],
  useImportType: ['backend/type.ts', "import { A } from './a.ts'\n\nexport const x: A = 1\n"],
  useImportExtensions: ['backend/extension.ts', "import './a'\n"],
  noFloatingPromises: ['backend/floating.ts', 'const f = async () => 1\nexport function g() {\n  f()\n}\n'],
  noMisusedPromises: ['backend/misused.ts', 'const f = async () => true\nexport const x = () => (f() ? 1 : 2)\n'],
  useExhaustiveSwitchCases: [
    'backend/switch.ts',
    "export function f(x: 'a' | 'b') {\n  switch (x) {\n    case 'a':\n      return 1\n  }\n}\n",
  ],
  noExcessiveCognitiveComplexity: ['backend/complex.ts', `export function f(a: number) {\n${branches}\nreturn 0\n}\n`],
  useMaxParams: ['backend/params.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d]\n'],
  noEmptyBlockStatements: [
    'backend/empty.ts',
    'export function f() {\n  try {\n    g()\n  } catch {}\n}\nfunction g() {}\n',
  ],
  noEnum: ['backend/enum.ts', 'export enum A {\n  B,\n}\n'],
  noNamespace: ['backend/namespace.ts', 'export namespace A {\n  export const b = 1\n}\n'],
  noParameterProperties: ['backend/property.ts', 'export class A {\n  constructor(readonly a: 1) {}\n}\n'],
  noBarrelFile: ['backend/barrel.ts', "export * from './params.ts'\n"],
  noUnusedImports: ['backend/unused.ts', "import { f } from './params.ts'\n"],
  noUnusedVariables: ['backend/variable.ts', 'const x = 1\n'],
  noUnusedFunctionParameters: ['backend/parameter.ts', 'export const f = (a: 1) => 2\n'],
  useNodejsImportProtocol: ['backend/protocol.ts', "import 'fs'\n"],
  noSkippedTests: ['backend/skip.test.ts', "test.skip('x', () => 1)\n"],
  noFocusedTests: ['backend/only.test.ts', "test.only('x', () => 1)\n"],
  noTsIgnore: ['backend/ignore.ts', '// @ts-ignore\nexport const x: string = 1\n'],
}

async function lint(files: TreeFiles): Promise<{ code: number; rules: Record<string, string[]> }> {
  await using tree = await plantTree({ 'biome.json': configuration, ...files })
  const args = ['lint', '--error-on-warnings', '--max-diagnostics=none', '--reporter=github', '.']
  const { code, output } = await runTool('biome', args, tree.root)
  const rules: Record<string, string[]> = {}
  for (const [, rule = '', path = ''] of output.matchAll(/title=lint\/\w+\/(\w+),file=([^,]+)/g)) {
    const file = relative(tree.root, path)
    rules[file] = [...(rules[file] ?? []), rule]
  }
  return { code, rules }
}

describe('the linter', () => {
  test('reports a break of every rule of the house', async () => {
    const { code, rules } = await lint({
      'backend/a.ts': 'export type A = 1\n',
      ...Object.fromEntries(Object.values(planted)),
    })

    const missed = Object.entries(planted).filter(([rule, [file]]) => !rules[file]?.includes(rule))
    expect(missed.map(([rule]) => rule)).toEqual([])
    expect(code).not.toBe(0)
  })

  test('has nothing against ordinary code', async () => {
    const source = "import { f } from './f.ts'\n\nexport async function g() {\n  await f(1)\n}\n"

    expect(await lint({ 'backend/g.ts': source, 'backend/f.ts': 'export const f = async (a: number) => a\n' })).toEqual(
      {
        code: 0,
        rules: {},
      },
    )
  })

  test('lets tools print and configurations export by default', async () => {
    const files = { 'scripts/x.ts': "console.log('x')\n", 'vite.x.config.ts': 'export default {}\n' }

    expect(await lint(files)).toEqual({ code: 0, rules: {} })
  })
})
