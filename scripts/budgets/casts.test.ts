import { describe, expect, test } from 'vitest'
import { casts } from './casts.ts'
import { breachesOf, measureNamed } from './planted-source.ts'

const unexplained = (source: string) =>
  breachesOf(measureNamed(casts, { 'backend/x.ts': source }, 'casts without a reason'))

describe('casts', () => {
  test('one without a comment is reported with its line', () => {
    expect(unexplained('const a = 1\nconst x = a as unknown')).toEqual([
      'backend/x.ts:2 a as unknown has no comment that says why',
    ])
  })

  test('the old bracket form is a cast as well', () => {
    expect(unexplained('const x = <string>a')).toHaveLength(1)
  })

  test.each([
    'const x = a as string // checked by the caller',
    '// checked by the caller\nconst x = a as string',
    '/*\n * checked\n */\nconst x = a as string',
    'const x = f(\n  a as string, // checked\n)',
  ])('a reason on the same or the previous line is enough: %j', (source) => {
    expect(unexplained(source)).toEqual([])
  })

  test('a comment two lines up is no reason', () => {
    expect(unexplained('// checked\nconst b = 1\nconst x = a as string')).toHaveLength(1)
  })

  test('as const, satisfies and renamed imports are no casts', () => {
    const source = "import { a as b } from './a.ts'\nexport const x = { b } as const satisfies object"
    const share = measureNamed(casts, { 'backend/x.ts': source }, 'casts per 1,000 lines')

    expect(unexplained(source)).toEqual([])
    expect(share).toMatchObject({ value: '0.0 (0)', ok: true })
  })

  test('more than three in a thousand lines are too many, explained or not', () => {
    const cast = 'f(a as string) // checked\n'
    const filler = 'f()\n'
    const share = (count: number) =>
      measureNamed(
        casts,
        { 'backend/x.ts': cast.repeat(count) + filler.repeat(1_000 - count) },
        'casts per 1,000 lines',
      )

    expect(share(3)).toMatchObject({ ok: true, value: '3.0 (3)' })
    expect(share(4)).toMatchObject({ ok: false, value: '4.0 (4)' })
  })
})
