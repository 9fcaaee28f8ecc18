import { describe, expect, test } from 'vitest'
import { addTallies, tallyPlaywright, tallyVitest } from './tally.ts'

const vitest = (over: object) => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
})

const playwright = (stats: object, errors: object[] = []) => ({
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
})

describe('a report of vitest', () => {
  test('that is green has no failures and nothing to remark', () => {
    expect(tallyVitest(vitest({}))).toEqual({ passed: 5, failed: 0, remarks: [] })
  })

  test('counts skipped and unwritten tests as failed, and says so', () => {
    expect(tallyVitest(vitest({ numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }))).toEqual({
      passed: 5,
      failed: 4,
      remarks: ['3 skipped, which counts as failed'],
    })
  })

  test('counts a file that did not load, and names it with the reason', () => {
    const unloaded = {
      name: 'x.test.ts',
      status: 'failed',
      message: 'Cannot find ./y.ts\n  at …',
      assertionResults: [],
    }

    expect(tallyVitest(vitest({ testResults: [unloaded] }))).toEqual({
      passed: 5,
      failed: 1,
      remarks: ['x.test.ts did not load: Cannot find ./y.ts'],
    })
  })

  test('does not count a file twice whose tests failed', () => {
    const failed = { name: 'x.test.ts', status: 'failed', message: '', assertionResults: [{ status: 'failed' }] }

    expect(tallyVitest(vitest({ numFailedTests: 1, testResults: [failed] })).failed).toBe(1)
  })

  test('names each test that failed with the first line of why', () => {
    const assertionResults = [
      { status: 'passed', fullName: 'one is one', failureMessages: [] },
      { status: 'failed', fullName: 'one is two', failureMessages: ['expected 1 to be 2\n  at …'] },
    ]
    const failed = { name: 'x.test.ts', status: 'failed', message: '', assertionResults }

    expect(tallyVitest(vitest({ numFailedTests: 1, testResults: [failed] })).remarks).toEqual([
      'x.test.ts: one is two: expected 1 to be 2',
    ])
  })

  test('in another form is refused rather than taken as empty', () => {
    expect(() => tallyVitest({ passed: 5 })).toThrow()
  })
})

describe('a report of Playwright', () => {
  test('that is green has no failures', () => {
    expect(tallyPlaywright(playwright({}))).toEqual({ passed: 3, failed: 0, remarks: [] })
  })

  test('counts failed, flaky and skipped tests as failed', () => {
    expect(tallyPlaywright(playwright({ unexpected: 1, flaky: 1, skipped: 2 }))).toEqual({
      passed: 3,
      failed: 4,
      remarks: ['2 skipped, which counts as failed'],
    })
  })

  test('names each test that failed, however deep it lies', () => {
    const spec = (title: string, status: string) => ({
      ...{ title, file: 'a.spec.ts' },
      tests: [{ status, results: [{ error: { message: '\u001b[31mtoo late\u001b[39m\nmore' } }] }],
    })
    const suites = [
      { specs: [], suites: [{ specs: [spec('it waits', 'unexpected'), spec('it is there', 'expected')] }] },
    ]

    expect(tallyPlaywright({ ...playwright({ unexpected: 1 }), suites }).remarks).toEqual([
      'a.spec.ts: it waits: too late',
    ])
  })

  test('counts an error outside the tests, with its first line', () => {
    const { failed, remarks } = tallyPlaywright(playwright({}, [{ message: 'no browser\nmore' }, {}]))

    expect(failed).toBe(2)
    expect(remarks).toEqual(['no browser', 'unknown error'])
  })
})

test('tallies add up, remarks in order', () => {
  const sum = addTallies([
    { passed: 1, failed: 0, remarks: ['a'] },
    { passed: 2, failed: 3, remarks: ['b'] },
  ])

  expect(sum).toEqual({ passed: 3, failed: 3, remarks: ['a', 'b'] })
})
