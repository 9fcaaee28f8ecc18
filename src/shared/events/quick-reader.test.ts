import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { creation } from '../../testing/fixtures/amendment.ts'
import { anyDeparture, anyFacts } from '../../testing/fixtures/arbitraries.ts'
import { amend } from '../domain/change.ts'
import { wireChangeSchema } from './change-schema.ts'
import { encodeDepartureChanged } from './departure-changed.ts'
import { wireDepartureSchema } from './departure-schema.ts'
import { readWireInstant, wireInstant } from './instant-schema.ts'
import { compileReader, UNSURE } from './quick-reader.ts'

const data = z.object({ departure: wireDepartureSchema, change: wireChangeSchema })
const readQuickly = compileReader(data, new Map([[wireInstant, readWireInstant]]))

/** What events of changed departures hold. */
const anyData = fc.tuple(anyDeparture, anyFacts).map(([before, facts]) => {
  const { next, change } = amend(before, facts, creation(before).change) ?? creation(before)
  return JSON.parse(encodeDepartureChanged({ departure: next, change }).value).data
})

const oddities = [
  null,
  undefined,
  true,
  -1,
  0.5,
  1e300,
  '',
  'soon',
  'gate b',
  '2026-02-30T10:00:00Z',
  '2028-02-29T10:00:00.25Z',
  '2026-11-26T10:00:00+01:00',
  '2026-02-29',
  [],
  [null],
  {},
  { from: 1 },
]

/** The places of a value, outermost first. */
function placesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...path, name]))]
}

function withOddity(value: unknown, [name, ...rest]: readonly string[], odd: unknown): unknown {
  if (name === undefined) return odd
  if (Array.isArray(value))
    return value.map((member, at) => (String(at) === name ? withOddity(member, rest, odd) : member))
  return { ...Object(value), [name]: withOddity(Reflect.get(Object(value), name), rest, odd) }
}

describe('a quick reader', () => {
  test('reads every event that is right, and as its schema does', () => {
    fc.assert(
      fc.property(anyData, (right) => {
        expect(readQuickly(right)).toEqual(data.parse(right))
      }),
    )
  })

  test('takes nothing that its schema refuses, and reads what it takes as the schema does', () => {
    const anyOdd = anyData.chain((right) => {
      const places = fc.constantFrom(...placesOf(right).flatMap((place) => [place, [...place.slice(0, -1), 'odd']]))
      return fc.tuple(places, fc.constantFrom(...oddities)).map(([place, odd]) => {
        // As it comes from a log: what is undefined is absent.
        return JSON.parse(JSON.stringify({ odd: withOddity(right, place, odd) })).odd
      })
    })
    let taken = 0
    fc.assert(
      fc.property(anyOdd, (odd) => {
        const quick = readQuickly(odd)
        if (quick === UNSURE) return
        taken += 1
        expect(data.safeParse(odd)).toEqual({ success: true, data: quick })
      }),
      { numRuns: 3_000 },
    )
    // Members that nobody knows, and oddities that happen to be right.
    expect(taken).toBeGreaterThan(100)
  })

  const even = z.number().refine((value) => value % 2 === 0)
  test.each<[string, z.ZodType, unknown, unknown]>([
    ['a refinement', even, 2, 3],
    ['a refinement of an object', z.object({ a: z.number() }).refine(({ a }) => a > 0), { a: 1 }, { a: 0 }],
    ['a format without a pattern of its own', z.url(), 'https://example.com/', 'example'],
    ['a union', z.union([z.string(), z.number()]), 'a', true],
    ['a record that must be whole', z.record(z.enum(['a', 'b']), z.number()), { a: 1, b: 2 }, { a: 1 }],
    ['members that are passed on', z.looseObject({ a: z.number() }), { a: 1, b: 2 }, { b: 2 }],
    ['a default', z.object({ a: z.number().default(7) }), {}, { a: 'x' }],
    ['one of numbers that have names', z.enum({ a: 1, 1: 'a' }), 1, 'a'],
    ['what is above', z.number().gt(1), 2, 1],
    ['what is long enough', z.string().min(2), 'ab', 'a'],
    ['no member too many', z.strictObject({ a: z.number() }), { a: 1 }, { a: 1, b: 2 }],
  ])('keeps to %s', (_name, schema, right, wrong) => {
    const read = compileReader(schema)
    expect([schema.parse(right), UNSURE]).toContainEqual(read(right))
    expect(read(wrong)).toBe(UNSURE)
  })
})
