import ts from 'typescript'

const branching = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.ConditionalExpression,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.CaseClause,
])

const shortCircuits = new Set<ts.SyntaxKind>([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
])

/** Cyclomatic complexity: one, and one more for each branch; functions inside count for themselves. */
export function complexityOf(node: ts.SignatureDeclaration): number {
  let branches = 0
  const visit = (inner: ts.Node): void => {
    if (ts.isFunctionLike(inner)) return
    if (branching.has(inner.kind) || isShortCircuit(inner)) branches += 1
    inner.forEachChild(visit)
  }
  node.forEachChild(visit)
  return 1 + branches
}

function isShortCircuit(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && shortCircuits.has(node.operatorToken.kind)
}
