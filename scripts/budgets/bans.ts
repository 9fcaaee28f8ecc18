import ts from 'typescript'
import { commentsOf } from './comment-ranges.ts'
import { defaultExportsAllowed } from './limits.ts'
import { type Breach, breachAt, noneAllowed, type Rule } from './measure.ts'
import { type SourceFile, walk } from './source-tree.ts'

type Ban = (file: SourceFile) => Breach[]

/** Things that are nowhere in this code base, tests and tools included. */
export const bans: Rule = (tree) =>
  Object.entries(banned).map(([name, ban]) => noneAllowed(name, tree.files.flatMap(ban)))

const silencers = /@ts-(ignore|nocheck)|biome-ignore|eslint-disable|(v8|c8|istanbul) ignore/
const expectedError = /@ts-expect-error/
const notes = /\b(TODO|FIXME|XXX|HACK)\b/

const banned: Readonly<Record<string, Ban>> = {
  any: nodes('any', (node) => node.kind === ts.SyntaxKind.AnyKeyword),
  'non-null !': nodes('non-null assertion', ts.isNonNullExpression),
  'empty catch': nodes('empty catch', isEmptyCatch),
  'silenced checks': (file) => [
    ...commentsWith(silencers)(file),
    // A test of types may state that something must not compile; elsewhere it only hides an error.
    ...(file.kind === 'test' ? [] : commentsWith(expectedError)(file)),
  ],
  'default exports': (file) => (defaultExportsAllowed.test(file.path) ? [] : defaultExports(file)),
  'module mocks': nodes('module mock', (node) => isCallOf(node, /^(vi|jest)\.(mock|doMock|unstable_mockModule)$/)),
  'skipped tests': nodes('skipped test', (node) =>
    isCallOf(node, /^(test|it|describe)\.(only|skip|todo|fixme|skipIf)$/),
  ),
  'notes to self': commentsWith(notes),
}

function nodes(text: string, matches: (node: ts.Node) => boolean): Ban {
  return (file) => {
    const found: Breach[] = []
    walk(file.ast, (node) => {
      if (matches(node)) found.push(breachAt(file, node, text))
    })
    return found
  }
}

function commentsWith(pattern: RegExp): Ban {
  return (file) =>
    commentsOf(file).flatMap(({ line, text }) => {
      const match = pattern.exec(text)
      return match ? [{ file: file.path, line, text: match[0] }] : []
    })
}

function defaultExports(file: SourceFile): Breach[] {
  return nodes('default export', (node) => {
    const isAssigned = ts.isExportAssignment(node)
    const isRenamed = ts.isExportSpecifier(node) && node.name.text === 'default'
    return isAssigned || isRenamed || (node.kind === ts.SyntaxKind.DefaultKeyword && ts.canHaveModifiers(node.parent))
  })(file)
}

/** A comment alone does not fill it: what was caught must be looked at, logged or named as expected in code. */
function isEmptyCatch(node: ts.Node): boolean {
  return ts.isCatchClause(node) && node.block.statements.length === 0
}

function isCallOf(node: ts.Node, callee: RegExp): boolean {
  return ts.isCallExpression(node) && callee.test(node.expression.getText())
}
