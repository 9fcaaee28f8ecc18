import ts from 'typescript'
import { commentsOf } from './comment-ranges.ts'
import { documentedFolders, limits } from './limits.ts'
import { type Breach, breachAt, type Measure, noneAllowed, type Rule } from './measure.ts'
import type { SourceFile } from './source-tree.ts'
import { sum } from './statistics.ts'

/** How much of the product is comment, and which exports of the documented folders have none. */
export const comments: Rule = (tree) => {
  const product = tree.ofKind('product')
  const undocumented = product.filter(({ path }) => documentedFolders.test(path)).flatMap(undocumentedExports)
  return [commentShare(product), noneAllowed('exports of shared without TSDoc', undocumented)]
}

function commentShare(files: readonly SourceFile[]): Measure {
  const { min, max } = limits.commentPercent
  const written = sum(files.map(({ lines }) => lines.filter((line) => line.trim() !== '').length))
  const commented = sum(files.map(commentLines))
  const percent = written === 0 ? 0 : (100 * commented) / written
  const ok = written === 0 || (percent >= min && percent <= max)
  return { name: 'comment lines', value: `${percent.toFixed(1)} %`, target: `${min}-${max} %`, ok, breaches: [] }
}

/** Lines that hold nothing but comment. */
function commentLines(file: SourceFile): number {
  const alone = commentsOf(file).filter(({ isAlone }) => isAlone)
  return sum(alone.map(({ line, lastLine }) => lastLine - line + 1))
}

function undocumentedExports(file: SourceFile): Breach[] {
  const documented = new Set<string>()
  const bare = new Map<string, ts.Statement>()
  for (const statement of file.ast.statements) {
    if (!isExported(statement)) continue
    for (const name of namesOf(statement)) {
      if (hasTsDoc(statement)) documented.add(name)
      else bare.set(name, statement)
    }
  }
  // A type and a constant may share a name (a schema and what it parses to): one comment speaks for both.
  return [...bare]
    .filter(([name]) => !documented.has(name))
    .map(([name, statement]) => breachAt(file, statement, `${name} is exported without TSDoc`))
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

function hasTsDoc(statement: ts.Statement): boolean {
  return ts.getJSDocCommentsAndTags(statement).length > 0
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  }
  const name = isNamedDeclaration(statement) ? statement.name?.getText() : undefined
  return name === undefined ? [] : [name]
}

function isNamedDeclaration(
  statement: ts.Statement,
): statement is ts.FunctionDeclaration | ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  return (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement)
  )
}
