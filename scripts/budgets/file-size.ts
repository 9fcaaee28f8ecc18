import { catalogues, limits } from './limits.ts'
import { atMost, type Breach, noneAllowed, type Rule } from './measure.ts'
import type { SourceTree } from './source-tree.ts'
import { quantile } from './statistics.ts'

/** Lines per product file: the middle, the tail and the ceiling. */
export const fileSizes: Rule = (tree) => {
  const { median, p90, max } = limits.fileLines
  const files = tree.ofKind('product').filter(({ path }) => !catalogues.includes(path))
  const sizes = files.map(({ lines }) => lines.length)
  const tooLong = files
    .filter(({ lines }) => lines.length > max)
    .map(({ path, lines }) => ({ file: path, line: 1, text: `${lines.length} lines, ${max} allowed` }))
  return [
    atMost('lines per file, median', quantile(sizes, 0.5), median),
    atMost('lines per file, p90', quantile(sizes, 0.9), p90),
    noneAllowed(`files over ${max} lines`, tooLong),
    noneAllowed('stale names in the list of catalogues', staleCatalogues(tree, catalogues)),
  ]
}

/** A catalogue that is gone, or short enough by now, has no business in the list of exceptions. */
export function staleCatalogues(tree: SourceTree, named: readonly string[]): Breach[] {
  const stillLong = new Set(
    tree.files.filter(({ lines }) => lines.length > limits.fileLines.max).map(({ path }) => path),
  )
  return named
    .filter((path) => !stillLong.has(path))
    .map((path) => ({
      file: path,
      line: 1,
      text: 'named as a catalogue in limits.ts, but not longer than a file may be',
    }))
}
