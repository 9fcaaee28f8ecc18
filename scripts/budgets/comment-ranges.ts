import ts from 'typescript'
import type { SourceFile } from './source-tree.ts'

export interface Comment {
  /** 1-based first and last line */
  readonly line: number
  readonly lastLine: number
  readonly text: string
  /** nothing but the comment stands on its lines */
  readonly isAlone: boolean
}

const known = new WeakMap<ts.SourceFile, readonly Comment[]>()

/** All comments of a file, as the compiler sees them: never the inside of a string or of JSX text. */
export function commentsOf(file: SourceFile): readonly Comment[] {
  const found = known.get(file.ast) ?? readComments(file)
  known.set(file.ast, found)
  return found
}

function readComments(file: SourceFile): Comment[] {
  const { text } = file.ast
  const ranges = new Map<number, ts.CommentRange>()
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) || ts.isJSDoc(node)) return
    const children = node.getChildren(file.ast)
    if (children.length > 0) {
      for (const child of children) visit(child)
      return
    }
    const start = node.getFullStart()
    const around = [
      ...(ts.getLeadingCommentRanges(text, start) ?? []),
      ...(ts.getTrailingCommentRanges(text, start) ?? []),
    ]
    for (const range of around) ranges.set(range.pos, range)
  }
  visit(file.ast)
  return [...ranges.values()].sort((a, b) => a.pos - b.pos).map((range) => describeRange(file, range))
}

function describeRange({ ast, lines }: SourceFile, range: ts.CommentRange): Comment {
  const first = ast.getLineAndCharacterOfPosition(range.pos)
  const last = ast.getLineAndCharacterOfPosition(range.end)
  const before = (lines[first.line] ?? '').slice(0, first.character)
  const after = (lines[last.line] ?? '').slice(last.character)
  // In JSX a comment wears braces: {/* … */}
  const isAlone = /^\s*\{?$/.test(before) && /^\}?\s*$/.test(after)
  return { line: first.line + 1, lastLine: last.line + 1, text: ast.text.slice(range.pos, range.end), isAlone }
}
