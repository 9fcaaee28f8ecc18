import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

/** What a suite came to; a skipped test is a failed one, because nothing is skipped silently. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  /** what is behind the failures: of each its name and first line, since often only the end of an output is kept */
  readonly remarks: readonly string[]
}

const vitestTest = z.object({
  status: z.string(),
  fullName: z.string().default('a test without a name'),
  failureMessages: z.array(z.string()).nullish(),
})

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), message: z.string(), assertionResults: z.array(vitestTest) }),
  ),
})

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
    }),
  ),
})

const playwrightSuite = z.object({
  specs: z.array(playwrightSpec).default([]),
  get suites() {
    return z.array(playwrightSuite).default([])
  },
})

const playwrightReport = z.object({
  suites: z.array(playwrightSuite).default([]),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
})

/** Reads vitest's JSON report. */
export function tallyVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = vitestReport.parse(report)
  const skipped = numPendingTests + numTodoTests
  const unloaded = testResults.filter(({ status, assertionResults }) => {
    return status === 'failed' && assertionResults.length === 0
  })
  return {
    passed: numPassedTests,
    failed: numFailedTests + skipped + unloaded.length,
    remarks: [
      ...remarkOnSkipped(skipped),
      ...unloaded.map(({ name, message }) => `${name} did not load: ${firstLine(message)}`),
      ...testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName, failureMessages }) => `${name}: ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`),
      ),
    ],
  }
}

/** Reads Playwright's JSON report; a test that passed only on a second try has failed. */
export function tallyPlaywright(report: unknown): Tally {
  const { stats, errors, suites } = playwrightReport.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    remarks: [
      ...remarkOnSkipped(stats.skipped),
      ...errors.map(({ message }) => firstLine(message ?? 'unknown error')),
      ...suites.flatMap(remarkOnSuite),
    ],
  }
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    remarks: tallies.flatMap(({ remarks }) => remarks),
  }
}

function remarkOnSuite({ specs, suites }: z.output<typeof playwrightSuite>): string[] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const message = results.find(({ error }) => error)?.error?.message ?? ''
        return `${file}: ${title}: ${firstLine(stripVTControlCharacters(message))}`
      }),
  )
  return [...own, ...suites.flatMap(remarkOnSuite)]
}

function remarkOnSkipped(count: number): string[] {
  return count === 0 ? [] : [`${count} skipped, which counts as failed`]
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
