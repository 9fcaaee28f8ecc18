import { describe, expect, test } from 'vitest'
import { comments } from './comments.ts'
import { breachesOf, measureNamed } from './planted-source.ts'

const bare = (source: string, path = 'src/shared/domain/x.ts') =>
  breachesOf(measureNamed(comments, { [path]: source }, 'exports of shared without TSDoc'))

const share = (source: string, path = 'backend/x.ts') => measureNamed(comments, { [path]: source }, 'comment lines')

describe('TSDoc', () => {
  test.each([
    ['export function f() {}', 'f'],
    ['export const f = 1', 'f'],
    ['export type F = 1', 'F'],
    ['export interface F {}', 'F'],
    ['export class F {}', 'F'],
    ['// not TSDoc\nexport const f = 1', 'f'],
  ])('%j is reported', (source, name) => {
    expect(bare(source)).toEqual([
      expect.stringMatching(new RegExp(`^src/shared/domain/x\\.ts:\\d ${name} is exported without TSDoc$`)),
    ])
  })

  test.each(['domain', 'ports', 'api', 'events'])('is asked for in shared/%s', (folder) => {
    expect(bare('export const f = 1', `src/shared/${folder}/x.ts`)).toHaveLength(1)
  })

  test.each(['src/shared/lib/x.ts', 'backend/x.ts', 'src/shared/domain/x.test.ts'])(
    'is not asked for in %s',
    (path) => {
      expect(bare('export const f = 1', path)).toEqual([])
    },
  )

  test('one comment speaks for a schema and the type of the same name', () => {
    expect(bare('/** A gate. */\nexport const gate = 1\nexport type gate = number')).toEqual([])
  })

  test('one comment speaks for all overloads', () => {
    expect(
      bare(
        '/** Doc. */\nexport function f(a: 1): 1\nexport function f(a: 2): 2\nexport function f(a: number) { return a }',
      ),
    ).toEqual([])
  })

  test('what is not exported needs none', () => {
    expect(bare('const f = 1\nfunction g() {}')).toEqual([])
  })
})

describe('the share of comment', () => {
  const code = (count: number) => 'f()\n'.repeat(count)

  test.each([
    [`// why\n${code(9)}`, '10.0 %'],
    [`/**\n * why\n */\n${code(27)}`, '10.0 %'],
    [`/* why */\n\n\n${code(9)}`, '10.0 %'],
  ])('counts whole lines of comment among the written ones', (source, value) => {
    expect(share(source)).toMatchObject({ value, ok: true })
  })

  test.each([
    ['a comment behind code', `f() // why\n${code(9)}`],
    ['a string', `f('// no')\n${code(9)}`],
    ['a template', `f(\`\n// no\n/* no */\n\`)\n${code(9)}`],
  ])('%s is no comment line', (_what, source) => {
    expect(share(source).value).toBe('0.0 %')
  })

  test('comments in JSX count, its text does not', () => {
    const source = `const a = (\n  <p>\n    {/* why */}\n    // a slash in text\n  </p>\n)\n${code(4)}`

    expect(share(source, 'src/renderer/x.tsx').value).toBe('10.0 %')
  })

  test.each([
    ['too little', code(10)],
    ['too much', `// why\n${code(3)}`],
  ])('%s fails', (_what, source) => {
    expect(share(source).ok).toBe(false)
  })

  test('tests are not counted', () => {
    expect(share(code(10), 'backend/x.test.ts').value).toBe('0.0 %')
  })
})
