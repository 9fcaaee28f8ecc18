import ts from 'typescript'
import { commentsOf } from './comment-ranges.ts'
import { limits } from './limits.ts'
import { type Breach, breachAt, type Measure, noneAllowed, type Rule } from './measure.ts'
import { lineOf, type SourceFile, walk } from './source-tree.ts'
import { sum } from './statistics.ts'

/** How often the compiler is overruled, and where nobody says why. */
export const casts: Rule = ({ files }) => {
  const found = files.map((file) => ({ file, nodes: castsOf(file) }))
  const unexplained = found.flatMap(({ file, nodes }) => nodes.flatMap((node) => withoutReason(file, node)))
  return [
    castShare(files, sum(found.map(({ nodes }) => nodes.length))),
    noneAllowed('casts without a reason', unexplained),
  ]
}

function castShare(files: readonly SourceFile[], count: number): Measure {
  const lines = sum(files.map((file) => file.lines.length))
  const bound = limits.castsPerThousandLines
  const share = lines === 0 ? 0 : (1_000 * count) / lines
  return {
    name: 'casts per 1,000 lines',
    value: `${share.toFixed(1)} (${count})`,
    target: `<= ${bound}`,
    ok: share <= bound,
    breaches: [],
  }
}

function castsOf(file: SourceFile): ts.AssertionExpression[] {
  const found: ts.AssertionExpression[] = []
  walk(file.ast, (node) => {
    if (ts.isAssertionExpression(node) && !ts.isConstTypeReference(node.type)) found.push(node)
  })
  return found
}

/** The reason stands in a comment that ends on the line before, or that shares a line with the cast. */
function withoutReason(file: SourceFile, node: ts.AssertionExpression): Breach[] {
  const first = lineOf(file, node)
  const last = file.ast.getLineAndCharacterOfPosition(node.getEnd()).line + 1
  const isExplained = commentsOf(file).some(({ line, lastLine }) => lastLine >= first - 1 && line <= last)
  return isExplained ? [] : [breachAt(file, node, `${node.getText()} has no comment that says why`)]
}
