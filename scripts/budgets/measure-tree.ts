import { bans } from './bans.ts'
import { casts } from './casts.ts'
import { comments } from './comments.ts'
import { fileSizes } from './file-size.ts'
import { functionSizes } from './function-size.ts'
import type { Measure, Rule } from './measure.ts'
import type { SourceTree } from './source-tree.ts'
import { testShare } from './test-share.ts'

const rules: readonly Rule[] = [fileSizes, functionSizes, comments, bans, casts, testShare]

/** Every measure of the house, in the order of the table. */
export function measureTree(tree: SourceTree): Measure[] {
  return rules.flatMap((rule) => rule(tree))
}
