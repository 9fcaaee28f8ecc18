import { limits } from './limits.ts'
import type { Rule } from './measure.ts'
import type { SourceFile } from './source-tree.ts'
import { sum } from './statistics.ts'

/** Lines of test for each line of product. */
export const testShare: Rule = (tree) => {
  const source = sum(tree.ofKind('product').map(writtenLines))
  const test = sum(tree.ofKind('test').map(writtenLines))
  const share = source === 0 ? Number.POSITIVE_INFINITY : test / source
  const bound = limits.testLinesPerSourceLine
  const value = `${share.toFixed(2)} (${test} : ${source})`
  return [{ name: 'test lines per source line', value, target: `>= ${bound}`, ok: share >= bound, breaches: [] }]
}

function writtenLines({ lines }: SourceFile): number {
  return lines.filter((line) => line.trim() !== '').length
}
