import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cruiseGraph } from './cruise-graph.ts'
import { cleanTree, cycleOtherHalf, plantedBreaks } from './graph-fixture.ts'
import { plantTree } from './planted-tree.ts'

// The checker once died silently: with TypeScript 7 it sees no module at all, and finds nothing wrong.
describe('the graph check', () => {
  test('finds nothing in a tree where each layer uses what it may', async () => {
    await using tree = await plantTree(cleanTree)

    const { moduleCount, breaches } = await cruiseGraph(tree.root)

    expect(breaches).toEqual([])
    expect(moduleCount).toBeGreaterThan(Object.keys(cleanTree).filter((path) => /^(src|backend)\//.test(path)).length)
  })

  test('reports a break of every rule', async () => {
    const broken = Object.fromEntries(plantedBreaks.map(({ file, source }) => [file, source]))
    await using tree = await plantTree({ ...cleanTree, ...cycleOtherHalf, ...broken })

    const { breaches } = await cruiseGraph(tree.root)

    const planted = plantedBreaks.map(({ rule, file, to }) => `${rule}: ${file} -> ${to}`)
    expect(planted.filter((breach) => !breaches.includes(breach))).toEqual([])
  })

  test('has no rule without a planted break', () => {
    const source = readFileSync('.dependency-cruiser.js', 'utf8')
    const named = source.matchAll(/(?:name: |layer\(|onlyIn\()'([^']+)'/g)
    const rules = new Set(Array.from(named, ([, name]) => name))

    expect(rules.size).toBeGreaterThan(20)
    expect([...rules].sort()).toEqual([...new Set(plantedBreaks.map(({ rule }) => rule))].sort())
  })

  test('sees the modules of the real tree', async () => {
    const { moduleCount } = await cruiseGraph('.')

    expect(moduleCount).toBeGreaterThan(30)
  })
})
