import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { bookingColumns, departureColumns, type ImportColumn } from './columns.ts'
import { type CsvBatch, readRows } from './read-rows.ts'

const columns = [
  { name: 'a', required: true, meaning: 'first' },
  { name: 'b', required: false, meaning: 'second' },
  { name: 'c', required: false, unless: 'd', meaning: 'third' },
  { name: 'd', required: false, meaning: 'instead of the third' },
] as const satisfies readonly ImportColumn[]

async function read(source: string | Readable) {
  const batches: CsvBatch[] = []
  for await (const batch of readRows(source, columns)) batches.push(batch)
  return {
    rows: batches.flatMap(({ rows }) => rows),
    rejected: batches.flatMap(({ rejected }) => rejected.map(({ line, code }) => [line, code])),
  }
}

describe('readRows', () => {
  test('reads cells by column with their line, whatever the order, case and number of columns', async () => {
    const { rows, rejected } = await read('\uFEFFB, A ,extra,d\r\n"x, ""y""",1,,\r\n\r\n,2,z,4\r\n')

    expect(rows).toEqual([
      { line: 2, cells: { a: '1', b: 'x, "y"' } },
      { line: 4, cells: { a: '2', d: '4' } },
    ])
    expect(rejected).toEqual([])
  })

  test.each([
    ['a quotation mark left open', '1,"x,\n'],
    ['a quotation mark in the middle', '1,x"y"z,\n'],
    ['letters after a closed quotation mark', '"1"x,y,z\n'],
    ['a cell too few', '1,x\n'],
    ['a cell too many', '1,x,y,z\n'],
    ['a line break within quotation marks', '1,"x\ny",z\n'],
  ])('%s rejects that line, and the rest loads', async (_name, line) => {
    const { rows, rejected } = await read(`a,b,d\n0,0,0\n${line}2,2,2\n`)

    expect(rows.map(({ cells }) => cells.a)).toEqual(['0', '2'])
    expect(rejected[0]).toEqual([3, 'FL_CSV_ROW'])
  })

  test('empty cells beyond the header do no harm', async () => {
    expect((await read('a,b,d\n1,2,3,,\n')).rows).toEqual([{ line: 2, cells: { a: '1', b: '2', d: '3' } }])
  })

  test.each([
    ['', 'a, c'],
    ['\n\n', 'a, c'],
    ['b,c\n1,2\n', 'a'],
    ['a,b\n1,2\n', 'c'],
    ['a,d,a\n1,2,3\n', 'one of two columns of the same name'],
    ['<html>\n', 'a, c'],
    ['{"a":1}\n', 'a, c'],
  ])('%j is refused', async (text, missing) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'FL_CSV_INVALID', details: { missing } })
  })

  test('lines are counted over many batches, from text as from a stream', async () => {
    const lines = Array.from({ length: 1_234 }, (_, index) => (index % 7 === 3 ? '1,"' : `${index + 2},x`))
    const text = `a,d\n${lines.join('\n')}\n`

    const { rows, rejected } = await read(text)

    expect(rows.length + rejected.length).toBe(1_234)
    for (const { line, cells } of rows) expect(cells.a).toBe(String(line))
    expect(rejected.map(([line]) => line)).toEqual(rejected.map((_, index) => index * 7 + 5))
    expect(await read(Readable.from([Buffer.from(text)]))).toEqual({ rows, rejected })
  })

  test('a line of nothing but commas counts as blank', async () => {
    expect(await read(',,\na,b,d\n , ,\n1,2,3\n')).toEqual({
      rows: [{ line: 4, cells: { a: '1', b: '2', d: '3' } }],
      rejected: [],
    })
  })

  test('a file with a header alone has no rows', async () => {
    expect(await read('a,c\n')).toEqual({ rows: [], rejected: [] })
  })
})

describe('the documented columns', () => {
  test.each([
    ['departures', departureColumns],
    ['bookings', bookingColumns],
  ])('of %s have names of their own and a meaning each', (_name, list) => {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length)
    for (const { name, meaning } of list) {
      expect(name).toMatch(/^[a-z_]+$/)
      expect(meaning.length).toBeGreaterThan(5)
    }
  })
})
