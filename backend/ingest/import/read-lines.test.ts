import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLines } from './read-lines.ts'

async function linesOf(source: string | Readable): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of readLines(source)) lines.push(line)
  return lines
}

describe('readLines', () => {
  test('ends lines at LF, CRLF and CR, and counts blank ones', async () => {
    expect(await linesOf('a\nb\r\nc\rd\n\ne')).toEqual(['a', 'b', 'c', 'd', '', 'e'])
  })

  test('a line end at the end makes no further line', async () => {
    expect(await linesOf('a\n')).toEqual(['a'])
    expect(await linesOf('a\r\n')).toEqual(['a'])
    expect(await linesOf('a\r')).toEqual(['a'])
    expect(await linesOf('')).toEqual([])
  })

  test('leaves out the byte order mark, from text as from bytes', async () => {
    expect(await linesOf('\uFEFFa\nb')).toEqual(['a', 'b'])
    expect(await linesOf(Readable.from([Buffer.from('\uFEFFa\nb')]))).toEqual(['a', 'b'])
  })

  test('gives the same lines wherever the bytes are cut, also within a letter and within CRLF', async () => {
    const letters = fc.constantFrom('a', 'ü', '€', '😀', ',', '\r\n', '\n', '\r')
    await fc.assert(
      fc.asyncProperty(fc.array(letters), fc.integer({ min: 1, max: 5 }), async (parts, size) => {
        const bytes = Buffer.from(parts.join(''))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
          bytes.subarray(index * size, (index + 1) * size),
        )

        expect(await linesOf(Readable.from(chunks))).toEqual(await linesOf(bytes.toString()))
      }),
    )
  })
})
