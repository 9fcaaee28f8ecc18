import type { Suite } from './run-suite.ts'
import { tallyPlaywright, tallyVitest } from './tally.ts'

const reports = '.cache/tests'

/** The suites of `npm test`, in the order in which a failure is cheapest to find. */
export const suites: readonly Suite[] = [vitest('unit'), vitest('integration'), browser()]

function vitest(name: string): Suite {
  const report = `${reports}/${name}.json`
  return {
    name,
    command: 'vitest',
    args: [
      'run',
      '--project',
      name,
      '--allowOnly=false',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    report,
    tally: tallyVitest,
  }
}

function browser(): Suite {
  const report = `${reports}/e2e.json`
  return {
    name: 'e2e',
    command: 'playwright',
    args: ['test', '--config', 'e2e/playwright.config.ts', '--forbid-only', '--retries=0', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    report,
    tally: tallyPlaywright,
  }
}
