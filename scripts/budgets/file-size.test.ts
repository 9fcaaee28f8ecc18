import { describe, expect, test } from 'vitest'
import { fileSizes, staleCatalogues } from './file-size.ts'
import { breachesOf, measureNamed, treeOf } from './planted-source.ts'

const lines = (count: number) => 'f()\n'.repeat(count)

describe('file sizes', () => {
  test('400 lines are allowed, one more is not', () => {
    const files = { 'backend/fits.ts': lines(400), 'backend/long.ts': lines(401) }

    expect(breachesOf(measureNamed(fileSizes, files, 'files over 400 lines'))).toEqual([
      'backend/long.ts:1 401 lines, 400 allowed',
    ])
  })

  test('the middle and the tail have bounds of their own', () => {
    const files = { 'backend/a.ts': lines(91), 'backend/b.ts': lines(91), 'backend/c.ts': lines(251) }

    expect(measureNamed(fileSizes, files, 'lines per file, median')).toMatchObject({ value: '91', ok: false })
    expect(measureNamed(fileSizes, files, 'lines per file, p90')).toMatchObject({ value: '251', ok: false })
  })

  test.each(['backend/x.test.ts', 'src/shared/ports/x.contract.ts', 'src/testing/x.ts', 'e2e/x.spec.ts'])(
    'a long %s is nobody’s concern',
    (path) => {
      expect(measureNamed(fileSizes, { [path]: lines(900) }, 'files over 400 lines').ok).toBe(true)
    },
  )

  test('a catalogue that is gone or has become short is a stale exception', () => {
    const tree = treeOf({ 'src/a.ts': lines(500), 'src/b.ts': lines(10) })

    const stale = staleCatalogues(tree, ['src/a.ts', 'src/b.ts', 'src/c.ts'])

    expect(stale.map(({ file }) => file)).toEqual(['src/b.ts', 'src/c.ts'])
  })
})
