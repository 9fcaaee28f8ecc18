import type { Measure, Rule } from './measure.ts'
import { parseSource, type SourceTree } from './source-tree.ts'

/** A tree made of texts, for the tests of the rules. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  const parsed = Object.entries(files).map(([path, text]) => parseSource(path, text))
  return { files: parsed, ofKind: (kind) => parsed.filter((file) => file.kind === kind) }
}

/** What one rule says of one measure. */
export function measureNamed(rule: Rule, files: Readonly<Record<string, string>>, name: string): Measure {
  const measures = rule(treeOf(files))
  const found = measures.find((measure) => measure.name === name)
  if (!found) throw new Error(`no measure ${name} among ${measures.map((measure) => measure.name).join(', ')}`)
  return found
}

/** `file:line text` of each breach, as the report prints it. */
export function breachesOf(measure: Measure): string[] {
  return measure.breaches.map(({ file, line, text }) => `${file}:${line} ${text}`)
}
