import ts from 'typescript'
import { complexityOf } from './complexity.ts'
import { limits } from './limits.ts'
import { atMost, type Breach, breachAt, noneAllowed, type Rule } from './measure.ts'
import { lineOf, type SourceFile, type SourceTree, walk } from './source-tree.ts'
import { quantile } from './statistics.ts'

interface MeasuredFunction {
  readonly file: SourceFile
  readonly node: ts.SignatureDeclaration
  readonly name: string
  readonly lines: number
  readonly parameters: number
  readonly complexity: number
}

/** Lines, parameters and branches per function of the product. */
export const functionSizes: Rule = (tree) => {
  const { p90, max } = limits.functionLines
  const all = measureFunctions(tree)
  const withBody = all.filter(({ node }) => hasBody(node))
  return [
    atMost(
      'lines per function, p90',
      quantile(
        withBody.map(({ lines }) => lines),
        0.9,
      ),
      p90,
    ),
    noneAllowed(`functions over ${max} lines`, over(withBody, 'lines', max)),
    noneAllowed(`functions over ${limits.parameters} parameters`, over(all, 'parameters', limits.parameters)),
    noneAllowed(`functions over complexity ${limits.complexity}`, over(withBody, 'complexity', limits.complexity)),
  ]
}

function over(
  functions: readonly MeasuredFunction[],
  what: 'lines' | 'parameters' | 'complexity',
  bound: number,
): Breach[] {
  return functions
    .filter((measured) => measured[what] > bound)
    .map((measured) => {
      return breachAt(measured.file, measured.node, `${measured.name}: ${what} ${measured[what]}, ${bound} allowed`)
    })
}

function measureFunctions(tree: SourceTree): MeasuredFunction[] {
  const found: MeasuredFunction[] = []
  for (const file of tree.ofKind('product')) {
    walk(file.ast, (node) => {
      if (isCallable(node)) found.push(measureFunction(file, node))
    })
  }
  return found
}

function measureFunction(file: SourceFile, node: ts.SignatureDeclaration): MeasuredFunction {
  const lastLine = file.ast.getLineAndCharacterOfPosition(node.getEnd()).line + 1
  const name = nameOf(node)
  // A `this` parameter is a type annotation, not something a caller passes.
  const parameters = node.parameters.filter((parameter) => parameter.name.getText(file.ast) !== 'this').length
  const lines = lastLine - lineOf(file, node) + 1
  return { file, node, name, lines, parameters, complexity: complexityOf(node) }
}

function isCallable(node: ts.Node): node is ts.SignatureDeclaration {
  return ts.isFunctionLike(node) && !ts.isIndexSignatureDeclaration(node)
}

function hasBody(node: ts.SignatureDeclaration): boolean {
  return 'body' in node && node.body !== undefined
}

/** An arrow function is known by what it is assigned to. */
function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name) return node.name.getText()
  const { parent } = node
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
  return isNamed ? parent.name.getText() : 'a function without a name'
}
