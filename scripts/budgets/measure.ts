import type ts from 'typescript'
import { lineOf, type SourceFile, type SourceTree } from './source-tree.ts'

export interface Breach {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** One line of the table, and what is behind it when the target is missed. */
export interface Measure {
  readonly name: string
  readonly value: string
  readonly target: string
  readonly ok: boolean
  readonly breaches: readonly Breach[]
}

export type Rule = (tree: SourceTree) => readonly Measure[]

export function breachAt(file: SourceFile, node: ts.Node, text: string): Breach {
  return { file: file.path, line: lineOf(file, node), text }
}

/** A measure that is met exactly when nothing was found. */
export function noneAllowed(name: string, breaches: readonly Breach[]): Measure {
  return { name, value: String(breaches.length), target: '0', ok: breaches.length === 0, breaches }
}

/** A measure of one number against an upper bound; the breaches only explain it. */
export function atMost(name: string, value: number, bound: number): Measure {
  return { name, value: String(value), target: `<= ${bound}`, ok: value <= bound, breaches: [] }
}
