import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorCatalogue } from '../../src/shared/lib/error-catalogue.ts'
import { describeErrors } from './describe-errors.ts'

describe('docs/errors.md', () => {
  test('it says what the catalogue says; "node scripts/errors-doc.ts" writes it anew', () => {
    expect(readFileSync('docs/errors.md', 'utf8')).toBe(describeErrors(errorCatalogue))
  })

  test('codes, statuses and messages are in their row, by code', () => {
    const text = describeErrors({
      FL_B: { status: 404, message: 'There is no b|c.' },
      FL_A: { status: 500, message: 'A' },
    })
    expect(text).toMatch(/\| `FL_A` \| 500 \| A \|\n\| `FL_B` \| 404 \| There is no b\\\|c. \|\n$/)
  })

  test('each message is a sentence for people, with a status of its own kind', () => {
    for (const [code, { status, message }] of Object.entries(errorCatalogue)) {
      expect(code).toMatch(/^FL(_[A-Z]+)+$/)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(message).toMatch(/^["A-Z{].*[.}]$/)
    }
  })
})
