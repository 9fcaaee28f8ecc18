import { z } from 'zod'

/** What a suite came to; a skipped test is a failed one, because nothing is skipped silently. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  /** what is behind failures that are no failed test: skipped tests, files that did not load */
  readonly remarks: readonly string[]
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), message: z.string(), assertionResults: z.array(z.unknown()) }),
  ),
})

const playwrightReport = z.object({
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
    ],
  }
}

/** Reads Playwright's JSON report; a test that passed only on a second try has failed. */
export function tallyPlaywright(report: unknown): Tally {
  const { stats, errors } = playwrightReport.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
    remarks: [...remarkOnSkipped(stats.skipped), ...errors.map(({ message }) => firstLine(message ?? 'unknown error'))],
  }
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    remarks: tallies.flatMap(({ remarks }) => remarks),
  }
}

function remarkOnSkipped(count: number): string[] {
  return count === 0 ? [] : [`${count} skipped, which counts as failed`]
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
