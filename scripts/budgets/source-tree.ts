import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** What a file is for: the product, a test of it, or a tool beside it. */
export type FileKind = 'product' | 'test' | 'tool'

export interface SourceFile {
  /** relative to the tree's root, with forward slashes */
  readonly path: string
  readonly kind: FileKind
  readonly lines: readonly string[]
  readonly ast: ts.SourceFile
}

export interface SourceTree {
  readonly files: readonly SourceFile[]
  ofKind(kind: FileKind): readonly SourceFile[]
}

const folders = ['src', 'backend', 'e2e', 'scripts', 'bench']

/** Reads and parses every TypeScript file under `root` that we wrote. */
export function readSourceTree(root: string): SourceTree {
  const paths = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.d.ts') && !path.includes('node_modules/'))
    .sort()
  const files = paths.map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')))
  return { files, ofKind: (kind) => files.filter((file) => file.kind === kind) }
}

/** One file as the rules see it. */
export function parseSource(path: string, text: string): SourceFile {
  const ast = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  return { path, kind: kindOf(path), lines: text.replace(/\n$/, '').split('\n'), ast }
}

function kindOf(path: string): FileKind {
  if (/^(scripts|bench)\//.test(path)) return 'tool'
  const isTest = /\.(test|contract)\.tsx?$/.test(path) || /^(src\/testing|e2e)\//.test(path)
  return isTest ? 'test' : 'product'
}

/** 1-based line of a node, as editors count. */
export function lineOf(file: SourceFile, node: ts.Node): number {
  return file.ast.getLineAndCharacterOfPosition(node.getStart(file.ast)).line + 1
}

/** Calls `visit` for every node of the file, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}
