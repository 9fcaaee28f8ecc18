import { describe, expect, test } from 'vitest'
import { readTable } from './csv-table.ts'

describe('readTable', () => {
  test('reads cells by column with their line, past a byte order mark, CRLF, quotes and blank lines', () => {
    const rows = readTable('\uFEFFcode,name\r\n\r\nJFK,"Kennedy, John F."\r\nLGA, La Guardia \r\n', ['code', 'name'])

    expect(rows).toEqual([
      { line: 3, cells: { code: 'JFK', name: 'Kennedy, John F.' } },
      { line: 4, cells: { code: 'LGA', name: 'La Guardia' } },
    ])
  })

  test('empty cells and NA are absent', () => {
    expect(readTable('a,b,c\n1,,NA\n', ['a'])[0]?.cells).toEqual({ a: '1' })
  })

  test('a row with cells missing or too many is kept', () => {
    const rows = readTable('a,b\n1\n1,2,3\n', ['a', 'b'])

    expect(rows.map(({ cells }) => cells)).toEqual([{ a: '1' }, { a: '1', b: '2' }])
  })

  test('a header without the required columns is refused with their names', () => {
    expect(() => readTable('a,b\n1,2\n', ['a', 'c', 'd'])).toThrow(
      expect.objectContaining({ code: 'FL_CSV_INVALID', details: { missing: 'c, d' } }),
    )
  })

  test('an empty file is refused', () => {
    expect(() => readTable('', ['a'])).toThrow(expect.objectContaining({ code: 'FL_CSV_INVALID' }))
  })
})
