import { expect, test } from 'vitest'
import { billOfShipped, billSchema } from './bill.ts'

const component = (name: string) => ({
  ...{ 'bom-ref': `${name}@1.0.0`, name, version: '1.0.0', licenses: [{ license: { id: 'MIT' } }] },
  properties: [{ name: 'cdx:npm:package:development', value: 'true' }],
})
const needs = (name: string, ...others: string[]) => ({
  ...{ ref: `${name}@1.0.0`, dependsOn: others.map((other) => `${other}@1.0.0`) },
})

const all = billSchema.parse({
  bomFormat: 'CycloneDX',
  metadata: { component: { 'bom-ref': 'flightline@1.0.0', name: 'folder', version: '1.0.0' } },
  components: ['left', 'deep', 'round', 'tool', 'only-tool', 'electron', 'downloader'].map(component),
  dependencies: [
    ...[needs('flightline', 'left', 'tool', 'electron'), needs('left', 'deep'), needs('deep', 'round')],
    ...[needs('round', 'deep'), needs('tool', 'only-tool', 'deep'), needs('electron', 'downloader')],
  ],
})
const bill = billOfShipped(all, (name) => name === 'left' || name === 'electron')

test('what is shipped is billed with all that it needs, in circles too, and with its licence', () => {
  expect(bill.components.map(({ name }) => name)).toEqual(['left', 'deep', 'round', 'electron'])
  expect(bill.components[0]).toMatchObject({ licenses: [{ license: { id: 'MIT' } }] })
})

test('Electron is billed, and not what its package needs to download it', () => {
  expect(bill.dependencies.find(({ ref }) => ref === 'electron@1.0.0')).toEqual({
    ref: 'electron@1.0.0',
    dependsOn: [],
  })
})

test('nothing that is shipped is marked as a development dependency', () => {
  expect(JSON.stringify(bill)).not.toContain('development')
})

test('the product goes by its name, not by that of its folder', () => {
  expect(bill.metadata.component).toMatchObject({ name: 'flightline', type: 'application', version: '1.0.0' })
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX' })
})
