import { describe, expect, test } from 'vitest'
import { functionSizes } from './function-size.ts'
import { breachesOf, measureNamed } from './planted-source.ts'

const body = (lines: number) => `{\n${'  f()\n'.repeat(lines - 2)}}`

const breaches = (name: string, source: string, path = 'backend/x.ts') =>
  breachesOf(measureNamed(functionSizes, { [path]: source }, name))

describe('function length', () => {
  const long = 'functions over 60 lines'

  test.each([
    ['function', `function big() ${body(61)}`],
    ['arrow', `const big = () => ${body(61)}`],
    ['method', `const a = { big() ${body(61)} }`],
    ['property', `const a = { big: async () => ${body(61)} }`],
  ])('a %s of 61 lines is reported by its name', (_kind, source) => {
    expect(breaches(long, source)).toEqual(['backend/x.ts:1 big: lines 61, 60 allowed'])
  })

  test('60 lines are allowed', () => {
    expect(breaches(long, `function big() ${body(60)}`)).toEqual([])
  })

  test('the tail has a bound of its own', () => {
    const measure = measureNamed(
      functionSizes,
      { 'backend/x.ts': `function f() ${body(41)}` },
      'lines per function, p90',
    )

    expect(measure).toMatchObject({ value: '41', ok: false })
  })

  test('tests may have long functions', () => {
    expect(breaches(long, `describe('x', () => ${body(200)})`, 'backend/x.test.ts')).toEqual([])
  })
})

describe('parameters', () => {
  const many = 'functions over 3 parameters'

  test.each([
    'function f(a, b, c, d) {}',
    'const f = (a, b, c, d) => a',
    'interface F { f(a: 1, b: 1, c: 1, d: 1): void }',
  ])('%j has one too many', (source) => {
    expect(breaches(many, source)).toEqual(['backend/x.ts:1 f: parameters 4, 3 allowed'])
  })

  test('three are allowed, and `this` is none', () => {
    expect(breaches(many, 'function f(this: A, a: 1, b: 1, c: 1) {}')).toEqual([])
  })
})

describe('complexity', () => {
  const complex = 'functions over complexity 12'

  test.each([
    ['if', 'if (a) f()\n'],
    ['?:', 'a ? f() : g()\n'],
    ['&&', 'a && f()\n'],
    ['||', 'a || f()\n'],
    ['??', 'a ?? f()\n'],
    ['for', 'for (;;) f()\n'],
    ['for of', 'for (const x of a) f()\n'],
    ['while', 'while (a) f()\n'],
  ])('the twelfth %s is one too many', (_kind, branch) => {
    expect(breaches(complex, `function f() {${branch.repeat(12)}}`)).toEqual([
      'backend/x.ts:1 f: complexity 13, 12 allowed',
    ])
    expect(breaches(complex, `function f() {${branch.repeat(11)}}`)).toEqual([])
  })

  test('each case counts, the default does not', () => {
    const cases = (count: number) => Array.from({ length: count }, (_, index) => `case ${index}: f()`).join('\n')

    expect(breaches(complex, `function f() { switch (a) { ${cases(12)}\ndefault: g() } }`)).toHaveLength(1)
    expect(breaches(complex, `function f() { switch (a) { ${cases(11)}\ndefault: g() } }`)).toEqual([])
  })

  test('a function inside counts for itself', () => {
    const inner = `const inner = () => {${'if (a) f()\n'.repeat(10)}}`

    expect(breaches(complex, `function outer() {${'if (a) f()\n'.repeat(10)}${inner}}`)).toEqual([])
  })
})
