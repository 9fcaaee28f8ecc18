import { measureTree } from './budgets/measure-tree.ts'
import { reportMeasures } from './budgets/report.ts'
import { readSourceTree } from './budgets/source-tree.ts'

const tree = readSourceTree('.')
// A check that sees no files would always be content.
if (tree.files.length === 0) throw new Error('budgets: no TypeScript found here; run it in the root of the project')

const measures = measureTree(tree)
console.log(reportMeasures(measures))
process.exitCode = measures.every(({ ok }) => ok) ? 0 : 1
