import { describe, expect, test } from 'vitest'
import { bans } from './bans.ts'
import { breachesOf, measureNamed } from './planted-source.ts'

// Written in halves, so that the texts below are not themselves found in this file.
const todo = ['TO', 'DO'].join('')

const planted: readonly (readonly [string, string, string])[] = [
  ['any', 'export const x: any = 1', 'any'],
  ['any', 'export function f(list: Array<any>): void {}', 'any'],
  ['non-null !', 'export const x = f()!', 'non-null assertion'],
  ['empty catch', 'try { f() } catch {}', 'empty catch'],
  ['empty catch', 'try { f() } catch (error) { /* whatever */ }', 'empty catch'],
  ['silenced checks', '// @ts-ignore\nf()', '@ts-ignore'],
  ['silenced checks', '/* @ts-nocheck */\nf()', '@ts-nocheck'],
  ['silenced checks', '// @ts-expect-error it must not compile\nf()', '@ts-expect-error'],
  ['silenced checks', '// biome-ignore lint: later\nf()', 'biome-ignore'],
  ['silenced checks', '/* v8 ignore next */\nf()', 'v8 ignore'],
  ['default exports', 'export default function f() {}', 'default export'],
  ['default exports', 'const f = 1\nexport default f', 'default export'],
  ['default exports', 'const f = 1\nexport { f as default }', 'default export'],
  ['module mocks', "vi.mock('./x.ts')", 'module mock'],
  ['module mocks', "jest.mock('./x.ts')", 'module mock'],
  ['skipped tests', "test.skip('x', () => undefined)", 'skipped test'],
  ['skipped tests', "describe.only('x', () => undefined)", 'skipped test'],
  ['notes to self', `// ${todo}: later\nf()`, todo],
]

describe('bans', () => {
  test.each(planted)('%s: finds it in %j', (name, source, text) => {
    const measure = measureNamed(bans, { 'backend/x.ts': source }, name)

    expect(measure.ok).toBe(false)
    expect(breachesOf(measure)).toEqual([expect.stringMatching(new RegExp(`^backend/x\\.ts:[12] ${text}$`))])
  })

  test.each(['src/shared/x.test.ts', 'e2e/x.spec.ts', 'scripts/x.ts'])('holds in %s too', (path) => {
    expect(measureNamed(bans, { [path]: 'export const x: any = 1' }, 'any').ok).toBe(false)
  })

  test.each([
    ['any', "export const any = 'any'"],
    ['non-null !', 'export const x = !f() && a !== b'],
    ['empty catch', 'try { f() } catch (error) { log(error) }'],
    ['silenced checks', "export const text = '// @ts-ignore'"],
    ['default exports', 'export const x = 1\nswitch (x) { default: f() }'],
    ['module mocks', 'vi.fn()'],
    ['skipped tests', "test('x', () => undefined)"],
    ['notes to self', `export const text = '${todo}'`],
  ])('%s: leaves %j alone', (name, source) => {
    expect(breachesOf(measureNamed(bans, { 'backend/x.ts': source }, name))).toEqual([])
  })

  test('a test of types may expect an error', () => {
    const source = '// @ts-expect-error a gate is no number\nsetGate(1)'

    expect(measureNamed(bans, { 'src/shared/domain/gate.test.ts': source }, 'silenced checks').ok).toBe(true)
  })

  test('tool configurations keep their default export', () => {
    expect(measureNamed(bans, { 'e2e/playwright.config.ts': 'export default {}' }, 'default exports').ok).toBe(true)
  })

  test('names the line of each of several breaches', () => {
    const source = 'const a: any = 1\n\nconst b: any = 2'

    expect(breachesOf(measureNamed(bans, { 'backend/x.ts': source }, 'any'))).toEqual([
      'backend/x.ts:1 any',
      'backend/x.ts:3 any',
    ])
  })
})
