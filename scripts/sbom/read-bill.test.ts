import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Bill } from './bill.ts'
import { bundledPackages } from './bundled-packages.ts'
import { readBill } from './read-bill.ts'

const root = join(import.meta.dirname, '..', '..')
const versions = z.record(z.string(), z.string())
const manifest = z
  .object({ dependencies: versions, devDependencies: versions })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

describe("the desktop's bill of materials", () => {
  let bill: Bill
  let names: ReadonlySet<string>

  beforeAll(async () => {
    bill = await readBill(root)
    names = new Set(bill.components.map(({ name }) => name))
  }, 60_000)

  test('names every production dependency', () => {
    expect(Object.keys(manifest.dependencies).filter((name) => !names.has(name))).toEqual([])
  })

  test('names what is bundled into the pages', () => {
    expect([...names]).toEqual(expect.arrayContaining(['react', 'react-dom', '@mantine/core', 'ag-grid-community']))
  })

  test('names Electron, in the version that is packaged', () => {
    const electron = bill.components.find(({ name }) => name === 'electron')
    expect(electron?.version).toBe(manifest.devDependencies.electron)
  })

  test('names no tool', () => {
    const tools = ['vitest', 'typescript', 'electron-builder', '@electron/get', 'playwright', '@types/node']
    expect(tools.filter((name) => names.has(name))).toEqual([])
  })

  test('names whatever it says that others need', () => {
    const refs = new Set(bill.components.map((component) => component['bom-ref']))
    const loose = bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))
    expect(loose).toEqual([])
    expect(refs.size).toBeGreaterThan(100)
  })

  test('tells where each comes from and by what its bytes are known', () => {
    const incomplete = bill.components.filter(
      ({ purl, hashes }) => !purl || !Array.isArray(hashes) || hashes.length === 0,
    )
    expect(incomplete.map(({ name }) => name)).toEqual([])
  })
})

test('packages of the pages are found by name, styles and scopes included', () => {
  const bundled = bundledPackages(root)
  expect([...bundled]).toEqual(expect.arrayContaining(['react', '@mantine/core', '@fontsource-variable/inter']))
  expect([...bundled].filter((name) => name.startsWith('.') || name.includes(':'))).toEqual([])
})
