import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { findPackageRoot } from './package-root.ts'
import { readSettings } from './read-settings.ts'
import { variables } from './variables.ts'

const example = readFileSync(join(findPackageRoot(), '.env.example'), 'utf8')
const uncommented = parseEnv(example.replace(/^#(?=[A-Z_]+=)/gm, ''))

test('.env.example names every setting there is, and no other', () => {
  expect(Object.keys(uncommented).sort()).toEqual(Object.keys(variables.shape).sort())
})

test('.env.example as it stands sets nothing', () => {
  expect(parseEnv(example)).toEqual({})
})

test('the examples in it are themselves accepted', () => {
  const settings = readSettings(uncommented, findPackageRoot())
  expect(settings.mode).toBe('connected')
  expect(settings.day).toMatch(/2013-03-08\.csv$/)
})

test('the defaults in it are the real ones', () => {
  const defaults: Record<string, unknown> = variables.parse({})
  for (const [name, value] of Object.entries(defaults)) {
    if (value !== undefined) expect(`${name}=${uncommented[name]}`).toBe(`${name}=${value}`)
  }
})
